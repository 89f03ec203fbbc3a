#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The `process_*` metrics that Prometheus' own clients have, read from `/proc` at each scrape. Elsewhere than on Linux only
/// the start time is known.
package struct ProcessMetrics: Sendable {
  private static let startedAt: Double = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }()

  package init(registry: MetricsRegistry) {
    let cpu = registry.gauge("process_cpu_seconds_total", "User and system CPU time spent, in seconds.").series()
    let resident = registry.gauge("process_resident_memory_bytes", "Resident memory, in bytes.").series()
    let virtual = registry.gauge("process_virtual_memory_bytes", "Virtual memory, in bytes.").series()
    let descriptors = registry.gauge("process_open_fds", "Open file descriptors.").series()
    let descriptorsMax = registry.gauge("process_max_fds", "Most file descriptors that may be open.").series()
    registry.gauge("process_start_time_seconds", "When the process started, in seconds since 1970.").set(Self.startedAt)
    registry.beforeScrape {
      cpu.set(Self.cpuSeconds)
      let pages = Self.memoryPages
      let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
      virtual.set(pages.virtual * pageSize)
      resident.set(pages.resident * pageSize)
      descriptors.set(Self.openDescriptors)
      descriptorsMax.set(Self.descriptorLimit)
    }
  }

  private static var cpuSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Total and resident size from `/proc/self/statm`, in pages.
  private static var memoryPages: (virtual: Double, resident: Double) {
    guard let file = fopen("/proc/self/statm", "r") else { return (0, 0) }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return (0, 0) }
    let fields = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
    guard fields.count > 1 else { return (0, 0) }
    return (Double(fields[0]) ?? 0, Double(fields[1]) ?? 0)
  }

  private static var openDescriptors: Double {
    guard let directory = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(directory) }
    var count = 0.0
    while readdir(directory) != nil { count += 1 }
    // `.`, `..` and the descriptor of this listing.
    return max(0, count - 3)
  }

  private static var descriptorLimit: Double {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
    return Double(limit.rlim_cur)
  }
}
