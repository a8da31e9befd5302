package dev.eddy.cli.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OperatingSystem;
import oshi.util.GlobalConfig;

/**
 * Readings through OSHI; figures that OSHI lacks come from Linux' {@code /proc} and are empty on
 * other systems.
 *
 * <p>Only counts are asked for, never lists of processes, so that one look costs about a
 * millisecond. Disks and interfaces are found once, at construction. Confined to one thread.
 */
final class OshiReadings implements ReadingsSource {

  private static final Path VMSTAT = Path.of("/proc/vmstat");
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path DISKSTATS = Path.of("/proc/diskstats");
  private static final Path SYS_BLOCK = Path.of("/sys/block");
  private static final double BYTES_PER_SECTOR = 512;
  private static final double BYTES_PER_KIB = 1024;

  private final Clock clock;
  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final List<HWDiskStore> disks;
  private final Set<String> wholeDisks = wholeDisks();
  private final List<NetworkIF> interfaces;
  private final OperatingSystem system;

  OshiReadings(Clock clock) {
    this.clock = clock;
    // OSHI remembers most figures for 300 ms, longer than our interval; this must precede its use.
    GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 20);
    SystemInfo info = new SystemInfo();
    HardwareAbstractionLayer hardware = info.getHardware();
    processor = hardware.getProcessor();
    memory = hardware.getMemory();
    disks = Files.isReadable(DISKSTATS) ? List.of() : hardware.getDiskStores();
    interfaces = hardware.getNetworkIFs(true);
    system = info.getOperatingSystem();
  }

  @Override
  public HostReadings read() {
    double[] values = new double[TelemetryField.values().length];
    Arrays.fill(values, Double.NaN);
    Instant time = clock.instant();
    long nanoTime = System.nanoTime();
    double ticks = readProcessor(values);
    readMemory(values);
    readDisks(values);
    readNetwork(values);
    readSystem(values);
    readProc(values);
    return new HostReadings(time, nanoTime, ticks, values);
  }

  private double readProcessor(double[] values) {
    long[] ticks = processor.getSystemCpuLoadTicks();
    set(
        values,
        TelemetryField.CPU_USER,
        ticks[TickType.USER.getIndex()] + ticks[TickType.NICE.getIndex()]);
    set(
        values,
        TelemetryField.CPU_SYSTEM,
        ticks[TickType.SYSTEM.getIndex()]
            + ticks[TickType.IRQ.getIndex()]
            + ticks[TickType.SOFTIRQ.getIndex()]);
    set(values, TelemetryField.CPU_IOWAIT, ticks[TickType.IOWAIT.getIndex()]);
    set(values, TelemetryField.CPU_STEAL, ticks[TickType.STEAL.getIndex()]);
    double load = processor.getSystemLoadAverage(1)[0];
    set(values, TelemetryField.LOAD_1M, load < 0 ? Double.NaN : load);
    set(values, TelemetryField.CONTEXT_SWITCHES, processor.getContextSwitches());
    set(values, TelemetryField.INTERRUPTS, processor.getInterrupts());
    return Arrays.stream(ticks).sum();
  }

  private void readMemory(double[] values) {
    double total = memory.getTotal();
    set(values, TelemetryField.MEMORY_USED, 1 - memory.getAvailable() / total);
    double swap = memory.getVirtualMemory().getSwapTotal();
    set(
        values,
        TelemetryField.SWAP_USED,
        swap > 0 ? memory.getVirtualMemory().getSwapUsed() / swap : 0);
  }

  private void readDisks(double[] values) {
    if (Files.isReadable(DISKSTATS)) {
      readDiskstats(values);
      return;
    }
    double reads = 0;
    double readBytes = 0;
    double writes = 0;
    double writeBytes = 0;
    double queue = 0;
    for (HWDiskStore disk : disks) {
      disk.updateAttributes();
      reads += disk.getReads();
      readBytes += disk.getReadBytes();
      writes += disk.getWrites();
      writeBytes += disk.getWriteBytes();
      queue += disk.getCurrentQueueLength();
    }
    set(values, TelemetryField.DISK_READS, reads);
    set(values, TelemetryField.DISK_READ_BYTES, readBytes);
    set(values, TelemetryField.DISK_WRITES, writes);
    set(values, TelemetryField.DISK_WRITE_BYTES, writeBytes);
    set(values, TelemetryField.DISK_QUEUE, queue);
  }

  /** Linux' own table: OSHI's takes udev, which containers lack, and a device scan per look. */
  private void readDiskstats(double[] values) {
    double[] sums = new double[5];
    for (String line : lines(DISKSTATS)) {
      String[] words = line.trim().split("\\s+", -1);
      if (words.length >= 12 && wholeDisks.contains(words[2])) {
        sums[0] += Double.parseDouble(words[3]);
        sums[1] += Double.parseDouble(words[5]) * BYTES_PER_SECTOR;
        sums[2] += Double.parseDouble(words[7]);
        sums[3] += Double.parseDouble(words[9]) * BYTES_PER_SECTOR;
        sums[4] += Double.parseDouble(words[11]);
      }
    }
    set(values, TelemetryField.DISK_READS, sums[0]);
    set(values, TelemetryField.DISK_READ_BYTES, sums[1]);
    set(values, TelemetryField.DISK_WRITES, sums[2]);
    set(values, TelemetryField.DISK_WRITE_BYTES, sums[3]);
    set(values, TelemetryField.DISK_QUEUE, sums[4]);
  }

  /** Disks with a device behind them: not partitions, loop, memory or mapped devices. */
  private static Set<String> wholeDisks() {
    try (Stream<Path> blocks = Files.list(SYS_BLOCK)) {
      return blocks
          .filter(block -> Files.exists(block.resolve("device")))
          .map(block -> block.getFileName().toString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }

  private void readNetwork(double[] values) {
    double received = 0;
    double sent = 0;
    double packets = 0;
    for (NetworkIF face : interfaces) {
      face.updateAttributes();
      received += face.getBytesRecv();
      sent += face.getBytesSent();
      packets += face.getPacketsRecv() + face.getPacketsSent();
    }
    set(values, TelemetryField.NET_RECEIVED_BYTES, received);
    set(values, TelemetryField.NET_SENT_BYTES, sent);
    set(values, TelemetryField.NET_PACKETS, packets);
    set(
        values,
        TelemetryField.TCP_CONNECTIONS,
        system.getInternetProtocolStats().getTCPv4Stats().getConnectionsEstablished());
  }

  private void readSystem(double[] values) {
    set(values, TelemetryField.PROCESSES, system.getProcessCount());
    set(values, TelemetryField.THREADS, system.getThreadCount());
    set(values, TelemetryField.OPEN_DESCRIPTORS, system.getFileSystem().getOpenFileDescriptors());
  }

  private void readProc(double[] values) {
    Map<String, Double> vmstat = numbers(VMSTAT);
    set(values, TelemetryField.PAGE_FAULTS, vmstat.getOrDefault("pgfault", Double.NaN));
    set(values, TelemetryField.MAJOR_PAGE_FAULTS, vmstat.getOrDefault("pgmajfault", Double.NaN));
    set(values, TelemetryField.FORKS, numbers(STAT).getOrDefault("processes", Double.NaN));
    double cachedKib = numbers(MEMINFO).getOrDefault("Cached:", Double.NaN);
    set(values, TelemetryField.MEMORY_CACHED, cachedKib * BYTES_PER_KIB / memory.getTotal());
  }

  /** The first number of each line by the line's first word; empty where there is no such file. */
  private static Map<String, Double> numbers(Path file) {
    Map<String, Double> numbers = new HashMap<>();
    for (String line : lines(file)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        String rest = line.substring(space).trim();
        int end = rest.indexOf(' ');
        String number = end < 0 ? rest : rest.substring(0, end);
        if (isNumber(number)) {
          numbers.put(line.substring(0, space), Double.valueOf(number));
        }
      }
    }
    return numbers;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(Character::isDigit);
  }

  private static void set(double[] values, TelemetryField field, long value) {
    values[field.index()] = (double) value; // counters stay far below 2^53
  }

  private static void set(double[] values, TelemetryField field, double value) {
    values[field.index()] = value;
  }
}
