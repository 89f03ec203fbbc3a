// swift-tools-version: 6.2
import PackageDescription

// The folder list is the architecture: a target may depend only on targets that stand above it here.
// Tests/ArchitectureTests holds this list to that rule.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, in folder: String = "", _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(folder)\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

func debian(_ name: String, pkgConfig: String, package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/Drivers/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
  name: "cordon",
  products: [
    .executable(name: "cordon", targets: ["cordon"]),
    .executable(name: "cordon-verify", targets: ["cordon-verify"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    library("Kernel"),
    library("Evidence", ["Kernel", crypto]),
    library("Contracts", ["Kernel"]),

    debian("CLibPQ", pkgConfig: "libpq", package: "libpq-dev"),
    debian("CHiredis", pkgConfig: "hiredis", package: "libhiredis-dev"),
    debian("CSodium", pkgConfig: "libsodium", package: "libsodium-dev"),
    // Debian's libpg_query has no pkg-config file; the module map names the library.
    .systemLibrary(name: "CPgQuery", path: "Sources/Drivers/CPgQuery", providers: [.apt(["libpg-query-dev"])]),
    library("SQLAudit", ["CPgQuery"]),
    library("Reactor", in: "Drivers/"),
    library("Postgres", in: "Drivers/", ["CLibPQ", "Kernel", "Reactor", logging, crypto]),
    library("Redis", in: "Drivers/", ["CHiredis", "Kernel", "Reactor", logging]),

    library(
      "Platform",
      [
        "Contracts", "Kernel", "Postgres", "Redis", asyncHTTPClient, httpTypes, hummingbirdCore, lifecycle, logging, nioCore,
        nioHTTP1, nioPosix, unixSignals,
      ]),
    library(
      "Security", ["CSodium", "Contracts", "Kernel", "Platform", "Postgres", "Redis", crypto, cryptoExtras, httpTypes, logging]),
    library("Audit", ["Evidence", "Kernel", "Platform", "Postgres", httpTypes, logging]),
    library("Witness", ["Contracts", "Evidence", "Kernel", "Platform", crypto, httpTypes, logging]),

    library(
      "Gateway", in: "Services/",
      [
        "Contracts", "Kernel", "Platform", "Postgres", "Redis", "Security", crypto, httpTypes, lifecycle, logging, nioCore,
        nioHTTP1, nioPosix,
      ]),
    library(
      "Player", in: "Services/",
      ["Audit", "Contracts", "Kernel", "Platform", "Postgres", "Redis", "Security", crypto, httpTypes, lifecycle, logging]),
    library(
      "Wallet", in: "Services/",
      ["Audit", "Contracts", "Evidence", "Kernel", "Platform", "Postgres", "Redis", "Security", crypto, httpTypes, lifecycle, logging]),
    library(
      "Admin", in: "Services/",
      ["Audit", "Contracts", "Evidence", "Kernel", "Platform", "Postgres", "Redis", "Security", crypto, httpTypes, lifecycle, logging]),

    library(
      "Game", in: "Services/",
      [
        "Audit", "Contracts", "Kernel", "Platform", "Postgres", "Redis", "Security", crypto, cryptoExtras, httpTypes, lifecycle, logging,
      ]),

    library("PrivateServers", in: "Programs/", ["Kernel"]),
    library(
      "Composition", in: "Programs/",
      [
        "Admin", "Audit", "Contracts", "Evidence", "Game", "Gateway", "Kernel", "Platform", "Player", "Postgres", "PrivateServers", "Redis",
        "Security", "Wallet", "Witness", asyncHTTPClient, crypto, cryptoExtras, httpTypes, lifecycle, logging, nioCore,
      ]),
    .executableTarget(
      name: "cordon",
      dependencies: [
        "Audit", "Composition", "Contracts", "Evidence", "Game", "Kernel", "Platform", "Postgres", "PrivateServers", "Redis", "SQLAudit",
        "Security",
        "Wallet", argumentParser, lifecycle, logging,
      ],
      path: "Sources/Programs/cordon", swiftSettings: strict),
    // Without the argument parser: whoever trusts nobody reads all of what he runs.
    .executableTarget(
      name: "cordon-verify", dependencies: ["Evidence", "Kernel"], path: "Sources/Programs/cordon-verify", swiftSettings: strict),

    .executableTarget(
      name: "evidence-benchmark", dependencies: ["Evidence", "Kernel"], path: "benchmarks/evidence/generator", swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: ["Contracts", "Kernel", "Platform", "Postgres", "PrivateServers", "Redis", lifecycle, logging],
      path: "Tests/Support", swiftSettings: strict),
    tests("KernelTests", ["Kernel"]),
    tests("EvidenceTests", ["Evidence", "Kernel", "cordon-verify", crypto]),
    tests("PrivateServersTests", ["PrivateServers", "TestSupport"]),
    tests("PostgresTests", ["Kernel", "Postgres", "Reactor", "TestSupport", logging]),
    tests("RedisTests", ["Kernel", "Redis", "TestSupport", logging]),
    tests(
      "PlatformTests",
      [
        "Contracts", "Kernel", "Platform", "Postgres", "Redis", "TestSupport", asyncHTTPClient, httpTypes, lifecycle, logging, nioCore,
        nioHTTP1,
      ]),
    tests(
      "SecurityTests",
      ["Contracts", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", crypto, cryptoExtras, httpTypes, logging]),
    tests(
      "WalletTests",
      [
        "Contracts", "Evidence", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", "Wallet", asyncHTTPClient, crypto,
        httpTypes,
        logging,
        nioCore, nioHTTP1,
      ]),
    tests(
      "PlayerTests",
      [
        "Contracts", "Kernel", "Platform", "Player", "Postgres", "Redis", "Security", "TestSupport", asyncHTTPClient, logging, nioCore,
        nioHTTP1,
      ]),
    tests(
      "GatewayTests",
      [
        "Contracts", "Gateway", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", crypto, logging, nioCore, nioHTTP1,
        nioPosix,
      ]),
    tests(
      "AdminTests",
      [
        "Admin", "Audit", "Contracts", "Evidence", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", "Wallet",
        asyncHTTPClient,
        crypto,
        httpTypes, logging, nioCore, nioHTTP1,
      ]),
    tests(
      "GameTests",
      [
        "Audit", "Contracts", "Game", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", "Wallet", asyncHTTPClient,
        crypto, cryptoExtras, httpTypes, logging, nioCore, nioHTTP1,
      ]),
    tests("AuditTests", ["Audit", "Evidence", "Kernel", "Platform", "Postgres", "TestSupport", "cordon", "cordon-verify", logging]),
    tests(
      "WitnessTests", ["Evidence", "Kernel", "Platform", "TestSupport", "Witness", asyncHTTPClient, crypto, nioCore, nioHTTP1]),
    tests("SQLAuditTests", ["SQLAudit"]),
    tests("CommandTests", ["Kernel", "Platform", "cordon", "TestSupport"]),
    tests("Architecture", []),
    tests(
      "Integration",
      [
        "Audit", "Composition", "Contracts", "Evidence", "Kernel", "Platform", "Postgres", "PrivateServers", "Redis", "SQLAudit",
        "Security",
        "TestSupport",
        asyncHTTPClient,
        crypto, logging, nioCore,
      ]),
    tests(
      "EndToEnd",
      [
        "Composition", "Contracts", "Kernel", "Platform", "Postgres", "Redis", "Security", "TestSupport", asyncHTTPClient, httpTypes,
        logging,
        nioCore,
      ]),
  ]
)
