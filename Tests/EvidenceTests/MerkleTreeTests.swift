import Evidence
import Kernel
import Testing

@Suite("The Merkle tree")
struct MerkleTreeTests {
  /// The inputs and roots that Certificate Transparency's implementations publish.
  @Test("the roots are those that others compute for the same leaves")
  func publishedVectors() throws {
    let inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var frontier = MerkleFrontier()
    #expect(frontier.root.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    for (input, root) in zip(inputs, roots) {
      frontier.append(MerkleTree.leafHash(of: try #require(Hexadecimal.decode(input))))
      #expect(frontier.root.description == root)
    }
  }

  @Test("a frontier that was stored and read goes on as the one that wasn't, at every size")
  func frontier() throws {
    let tree = ReferenceTree(count: 130)
    var frontier = MerkleFrontier()
    for (index, leaf) in tree.leaves.enumerated() {
      frontier.append(leaf)
      frontier = try #require(MerkleFrontier(size: frontier.size, hashes: frontier.hashes))
      #expect(frontier.root == tree.root(size: index + 1))
    }
    #expect(MerkleFrontier(size: 3, hashes: [tree.leaves[0]]) == nil)
    #expect(MerkleFrontier(size: -1, hashes: []) == nil)
  }

  @Test(
    "the proof of every leaf in every tree is that of the RFC, leads to the root, and to no other with any hash changed, added or missing")
  func inclusion() throws {
    for size in 1...40 {
      let tree = ReferenceTree(count: size)
      for index in 0..<size {
        let proof = InclusionProof(index: Int64(index), size: Int64(size), node: tree.node)
        #expect(proof.hashes == tree.path(index, 0..<size))
        let root = tree.root(size: size)
        #expect(proof.root(from: tree.leaves[index]) == root)
        for changed in variants(of: proof.hashes) {
          #expect(InclusionProof(index: Int64(index), size: Int64(size), hashes: changed).root(from: tree.leaves[index]) != root)
        }
        #expect(proof.root(from: MerkleTree.emptyRoot) != root)
        for other in [index - 1, index + 1, size, -1] where other != index {
          #expect(InclusionProof(index: Int64(other), size: Int64(size), hashes: proof.hashes).root(from: tree.leaves[index]) != root)
        }
      }
    }
  }

  @Test("the proof between any two trees is that of the RFC, connects their roots, and no others")
  func consistency() throws {
    let tree = ReferenceTree(count: 40)
    for new in 1...40 {
      for old in 0...new {
        let proof = ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), node: tree.node)
        if old > 0 { #expect(proof.hashes == tree.subproof(old, 0..<new, true)) }
        let (oldRoot, newRoot) = (tree.root(size: old), tree.root(size: new))
        #expect(proof.connects(oldRoot, to: newRoot))
        #expect(!proof.connects(tree.leaves[39], to: newRoot))
        if old > 0 { #expect(!proof.connects(oldRoot, to: MerkleTree.emptyRoot)) }
        for changed in variants(of: proof.hashes) {
          #expect(!ConsistencyProof(oldSize: Int64(old), newSize: Int64(new), hashes: changed).connects(oldRoot, to: newRoot))
        }
      }
    }
    #expect(!ConsistencyProof(oldSize: 2, newSize: 1, hashes: []).connects(tree.root(size: 2), to: tree.root(size: 1)))
  }

  @Test("a leaf and a node with the same bytes have different hashes")
  func domains() {
    let (left, right) = (MerkleTree.leafHash(of: [1]), MerkleTree.leafHash(of: [2]))
    #expect(MerkleTree.leafHash(of: left.bytes + right.bytes) != MerkleTree.nodeHash(left, right))
  }

  private func variants(of hashes: [MerkleHash]) -> [[MerkleHash]] {
    let other = MerkleTree.leafHash(of: [0xFF])
    var variants = [hashes + [other], [other] + hashes]
    for index in hashes.indices {
      var changed = hashes
      changed[index] = other
      variants.append(changed)
      changed.remove(at: index)
      variants.append(changed)
    }
    return variants
  }
}
