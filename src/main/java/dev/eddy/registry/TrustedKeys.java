package dev.eddy.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The public keys that may confirm what a registry says. Several, so that a key can be replaced:
 * first trust both, then sign with the new one, then trust only that.
 */
public final class TrustedKeys {
  /** No keys: everything is believed. */
  public static final TrustedKeys NONE = new TrustedKeys(List.of());

  static final String LABEL = "PUBLIC KEY";

  private final List<PublicKey> keys;

  private TrustedKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads keys.
   *
   * @throws IllegalArgumentException if a file cannot be read or holds no such key
   */
  public static TrustedKeys read(List<Path> files) {
    List<PublicKey> keys = new ArrayList<>();
    for (Path file : files) {
      try {
        byte[] bytes = Pem.read(file, LABEL);
        keys.add(
            KeyFactory.getInstance(SigningKey.ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(bytes)));
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalArgumentException(
            "public key must be an Ed25519 key in PEM, got " + file, e);
      }
    }
    return new TrustedKeys(keys);
  }

  /** Returns whether there is no key: then nobody asks for signatures. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Returns whether one of the keys confirms the message; never without keys. */
  public boolean confirm(byte[] message, byte[] signature) {
    return keys.stream().anyMatch(key -> confirms(key, message, signature));
  }

  private static boolean confirms(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(SigningKey.ALGORITHM);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) { // a signature of another length or form
      return false;
    }
  }
}
