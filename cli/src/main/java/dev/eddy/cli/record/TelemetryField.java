package dev.eddy.cli.record;

/**
 * The figures of a telemetry sample, in the order of a recording's columns.
 *
 * <p>A {@link Reading#GAUGE} is taken as read, a {@link Reading#COUNTER} becomes a rate per second,
 * and a {@link Reading#CPU_SHARE} the share of all cores' time between two readings.
 */
public enum TelemetryField {
  /** Share of all cores' time in user code, nice included, 0 to 1. */
  CPU_USER("cpu_user", Reading.CPU_SHARE, 4),
  /** Share of all cores' time in the kernel, interrupt handling included, 0 to 1. */
  CPU_SYSTEM("cpu_system", Reading.CPU_SHARE, 4),
  /** Share of all cores' time idle with an outstanding disk request, 0 to 1. */
  CPU_IOWAIT("cpu_iowait", Reading.CPU_SHARE, 4),
  /** Share of all cores' time taken by the hypervisor, 0 to 1. */
  CPU_STEAL("cpu_steal", Reading.CPU_SHARE, 4),
  /** Load average over one minute, in runnable tasks. */
  LOAD_1M("load_1m", Reading.GAUGE, 2),
  /** Context switches per second. */
  CONTEXT_SWITCHES("context_switches", Reading.COUNTER, 0),
  /** Interrupts per second. */
  INTERRUPTS("interrupts", Reading.COUNTER, 0),
  /** Share of physical memory not available to a new process, 0 to 1. */
  MEMORY_USED("memory_used", Reading.GAUGE, 4),
  /** Share of physical memory in the page cache, 0 to 1; Linux only. */
  MEMORY_CACHED("memory_cached", Reading.GAUGE, 4),
  /** Share of swap in use, 0 to 1; 0 where there is no swap. */
  SWAP_USED("swap_used", Reading.GAUGE, 4),
  /** Page faults per second, minor and major; Linux only. */
  PAGE_FAULTS("page_faults", Reading.COUNTER, 0),
  /** Page faults per second that read from a device; Linux only. */
  MAJOR_PAGE_FAULTS("major_page_faults", Reading.COUNTER, 0),
  /** Completed disk reads per second, all disks. */
  DISK_READS("disk_reads", Reading.COUNTER, 0),
  /** Bytes read per second, all disks. */
  DISK_READ_BYTES("disk_read_bytes", Reading.COUNTER, 0),
  /** Completed disk writes per second, all disks. */
  DISK_WRITES("disk_writes", Reading.COUNTER, 0),
  /** Bytes written per second, all disks. */
  DISK_WRITE_BYTES("disk_write_bytes", Reading.COUNTER, 0),
  /** Disk requests in flight when sampled, all disks. */
  DISK_QUEUE("disk_queue", Reading.GAUGE, 0),
  /** Bytes received per second, all interfaces, loopback included. */
  NET_RECEIVED_BYTES("net_received_bytes", Reading.COUNTER, 0),
  /** Bytes sent per second, all interfaces, loopback included. */
  NET_SENT_BYTES("net_sent_bytes", Reading.COUNTER, 0),
  /** Packets received and sent per second, all interfaces, loopback included. */
  NET_PACKETS("net_packets", Reading.COUNTER, 0),
  /** Established TCP connections; both ends of a loopback connection count. */
  TCP_CONNECTIONS("tcp_connections", Reading.GAUGE, 0),
  /** Processes. */
  PROCESSES("processes", Reading.GAUGE, 0),
  /** Threads of all processes. */
  THREADS("threads", Reading.GAUGE, 0),
  /** Processes and threads created per second; Linux only. */
  FORKS("forks", Reading.COUNTER, 0),
  /** Open file descriptions of the whole host. */
  OPEN_DESCRIPTORS("open_descriptors", Reading.GAUGE, 0);

  /** How a reading becomes a value. */
  enum Reading {
    GAUGE,
    COUNTER,
    CPU_SHARE
  }

  private final String column;
  private final Reading reading;
  private final int decimals;

  TelemetryField(String column, Reading reading, int decimals) {
    this.column = column;
    this.reading = reading;
    this.decimals = decimals;
  }

  /** The column name, in snake case. */
  public String column() {
    return column;
  }

  Reading reading() {
    return reading;
  }

  /** Decimals that are written; the value of a sample is rounded to them. */
  public int decimals() {
    return decimals;
  }

  /** The place of this field's value in a sample. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the order of the columns
  public int index() {
    return ordinal();
  }

  double round(double value) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}
