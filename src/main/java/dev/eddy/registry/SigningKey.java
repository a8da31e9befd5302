package dev.eddy.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The private half of an Ed25519 key (RFC 8032), from a PEM file as OpenSSL writes it, too. */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";

  /** Name of the private key's file. */
  public static final String PRIVATE_FILE = "eddy-signing.key";

  /** Name of the public key's file. */
  public static final String PUBLIC_FILE = "eddy-signing.pub";

  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no such key
   */
  public static SigningKey read(Path file) {
    try {
      byte[] bytes = Pem.read(file, LABEL);
      return new SigningKey(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "signing key must be an Ed25519 private key in PEM, got " + file, e);
    }
  }

  /**
   * Makes a pair of keys in a folder, the private one for its owner's eyes only.
   *
   * @throws IOException if a file is there already or cannot be written
   */
  public static void generate(Path folder) throws IOException {
    Files.createDirectories(folder);
    KeyPair pair = pair();
    Path secret = folder.resolve(PRIVATE_FILE);
    Path open = folder.resolve(PUBLIC_FILE);
    if (Files.exists(open)) {
      throw new IOException("key must be a new file, got %s, which is there".formatted(open));
    }
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    if (posix) {
      Files.createFile(
          secret,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(secret);
    }
    Files.writeString(
        secret, Pem.write(LABEL, pair.getPrivate().getEncoded()), StandardOpenOption.WRITE);
    Files.writeString(
        open,
        Pem.write(TrustedKeys.LABEL, pair.getPublic().getEncoded()),
        StandardOpenOption.CREATE_NEW);
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on must have Ed25519", e);
    }
  }

  /** Signs a message: 64 bytes. The same message gives the same signature. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key must sign every message", e);
    }
  }
}
