package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Keys as text files (RFC 7468). */
final class Pem {
  private static final int MAXIMUM_BYTES = 64 << 10;
  private static final int LINE = 64;

  private Pem() {}

  static byte[] read(Path file, String label) throws IOException {
    if (Files.size(file) > MAXIMUM_BYTES) {
      throw new IOException("key file must be small, got %d bytes".formatted(Files.size(file)));
    }
    String text = Files.readString(file, US_ASCII);
    String begin = "-----BEGIN %s-----".formatted(label);
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END %s-----".formatted(label));
    if (start < 0 || end < start) {
      throw new IOException("key file must hold %s, got none".formatted(begin));
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException e) {
      throw new IOException("key file must hold Base64", e);
    }
  }

  static String write(String label, byte[] bytes) {
    String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text);
  }
}
