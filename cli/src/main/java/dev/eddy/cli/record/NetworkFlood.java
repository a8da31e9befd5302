package dev.eddy.cli.record;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Sends bytes to itself over loopback TCP; no other interface is ever used. */
final class NetworkFlood implements Fault {

  private static final int CONNECTIONS = 4;
  private static final int BLOCK_BYTES = 64 << 10;
  private static final double BYTES_PER_SECOND = 50.0 * (1 << 20);

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on)
      throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Socket> sockets = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, CONNECTIONS, loopback)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket sender = new Socket(loopback, server.getLocalPort());
        sockets.add(sender);
        Socket receiver = server.accept();
        sockets.add(receiver);
        threads.add(new Thread(() -> send(sender, on), "send-" + i));
        threads.add(new Thread(() -> receive(receiver), "receive-" + i));
      }
      started.run();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void send(Socket socket, BooleanSupplier on) {
    Pace pace = new Pace(BYTES_PER_SECOND);
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = socket.getOutputStream()) {
      while (on.getAsBoolean()) {
        out.write(block);
        pace.spend(BLOCK_BYTES);
      }
    } catch (IOException e) {
      // The other end was closed: this fault is over.
    }
  }

  private static void receive(Socket socket) {
    byte[] block = new byte[BLOCK_BYTES];
    try (var in = socket.getInputStream()) {
      while (in.read(block) >= 0) {
        // Received is all that matters.
      }
    } catch (IOException e) {
      // As above.
    }
  }
}
