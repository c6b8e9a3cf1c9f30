// Who may use an image that is on the node already. What a pull with somebody's secret brought is for those who show such a
// secret; what came without one is for every pod, and so is what no pod's pull brought (policy NeverVerifyPreloadedImages).
// Rules: pkg/kubelet/images/pullmanager, beta and on since 1.35. Left out: service accounts of credential providers, and
// that the records outlive the kubelet's own disk.
import type { Login } from '../containers/registry.ts'

/** A login and the secret that it comes from: `namespace/name/uid`. */
export interface SecretLogin extends Login {
  readonly secret: string
}

interface Access {
  everybody: boolean
  /** Secrets by where they are, and logins by what they say: either is enough, so a changed password is no obstacle. */
  readonly shown: Set<string>
}

const contentOf = ({ user, password }: Login): string => JSON.stringify([user, password])

export class ImageAccess {
  readonly #records = new Map<string, Access>()

  /** Whether a pod with these logins may have the image without asking its registry. */
  isOpenTo(name: string, logins: readonly SecretLogin[]): boolean {
    const record = this.#records.get(name)
    if (!record || record.everybody) return true
    return logins.some(each => record.shown.has(each.secret) || record.shown.has(contentOf(each)))
  }

  /** A pull that succeeded: with which login, or without any. */
  pulled(name: string, login: SecretLogin | undefined): void {
    const record = this.#records.get(name) ?? { everybody: false, shown: new Set<string>() }
    if (login) record.shown.add(login.secret).add(contentOf(login))
    else record.everybody = true
    this.#records.set(name, record)
  }

  forget(name: string): void {
    this.#records.delete(name)
  }
}
