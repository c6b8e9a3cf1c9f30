// What only a world itself may know, where others can reach its server. A world that nobody reaches has none of its own:
// what it signs is made up from its seed, or by keys that are the same in every world, so that it is the same again.
import type { PrivateKey } from './certificates/rsa.ts'

export interface Secrets {
  /** What tokens of service accounts are signed with: 32 bytes. */
  readonly tokens: Uint8Array
  /** The key of the certificate authority. */
  readonly authority: PrivateKey
  /** The key of the certificate that kubeadm made for the administrator. */
  readonly administrator: PrivateKey
}
