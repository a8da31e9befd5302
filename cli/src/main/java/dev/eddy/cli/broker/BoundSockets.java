package dev.eddy.cli.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Loopback sockets that are bound before the broker starts. A broker must know its ports to be
 * configured; asking the system for a free one and binding it later would leave a gap in which
 * another process may take it.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {
  private final Map<Integer, ServerSocketChannel> waiting = new HashMap<>();

  /**
   * Binds a port of the loopback address.
   *
   * @param port 0: any free one
   * @return the port that was bound
   */
  synchronized int bind(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "port %d of 127.0.0.1 must be free: %s".formatted(port, e.getMessage()), e);
    }
    waiting.put(channel.socket().getLocalPort(), channel);
    return channel.socket().getLocalPort();
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    ServerSocketChannel channel = waiting.remove(address.getPort());
    if (channel == null) {
      throw new IOException(
          "listener %s must use a bound port, got %s".formatted(listener, address));
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** Closes the sockets that no listener took. */
  @Override
  public synchronized void close() {
    for (ServerSocketChannel channel : waiting.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        // a socket that nobody uses; the port goes with the process at the latest
      }
    }
    waiting.clear();
  }
}
