package dev.eddy.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;

/** Looks at the first bytes of a file, to say of one that is no text in UTF-8 what it is. */
final class TextCheck {
  private static final int LOOKED_AT = 4_096;

  private final String file;
  private boolean binary;

  TextCheck(String file) {
    this.file = file;
  }

  /**
   * Looks at the first bytes.
   *
   * @return the same bytes from the first one on
   * @throws TableException if they are those of another kind of file
   */
  InputStream first(InputStream content) throws IOException {
    PushbackInputStream all = new PushbackInputStream(content, LOOKED_AT);
    byte[] bytes = all.readNBytes(LOOKED_AT);
    refuse(begins(bytes, 0x1f, 0x8b), "data compressed by gzip; rename it to end in .gz");
    refuse(
        begins(bytes, 'P', 'K', 3, 4),
        "a zip archive or a spreadsheet; save the table as CSV in UTF-8");
    refuse(
        begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff),
        "UTF-16; convert it, for example: iconv -f UTF-16 -t UTF-8");
    for (byte b : bytes) {
      binary |= b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f';
    }
    all.unread(bytes);
    return all;
  }

  private void refuse(boolean other, String found) {
    if (other) {
      throw new TableException(file + " must be text in UTF-8, found " + found);
    }
  }

  private static boolean begins(byte[] bytes, int... with) {
    boolean begins = bytes.length >= with.length;
    for (int i = 0; begins && i < with.length; i++) {
      begins = (bytes[i] & 0xff) == with[i];
    }
    return begins;
  }

  /** Returns what to say of a file that turned out to be no text in UTF-8. */
  TableException notText(CharacterCodingException cause) {
    return new TableException(
        file
            + (binary
                ? " must be a table in text, found binary data"
                : " must be text in UTF-8, found bytes that are not; save it as such, or convert"
                    + " it, for example: iconv -f WINDOWS-1252 -t UTF-8"),
        cause);
  }
}
