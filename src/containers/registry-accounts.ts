// Who may log in to the registries that one can push to, and what they may do there. Docker Hub lets everyone open an
// account: a user's first password is theirs from then on. The private Harbor has its administrator, one user and one
// robot of the project `hellok8s`, which is private; `library` is open to everyone who only pulls.
// Rules: what a Hub account owns is below its own name; harbor's roles (goharbor.io/docs, managing users by role).

import { dictionary } from '../engine/dictionary.ts'

export interface Login {
  readonly user: string
  readonly password: string
}

type Role = 'push' | 'pull'

interface Account {
  readonly password: string
  /** On Harbor, by project; `*` is all of them. */
  readonly projects?: Readonly<Record<string, Role>>
}

const harborAccounts: Readonly<Record<string, Account>> = dictionary<Account>({
  admin: { password: 'Harbor12345', projects: { '*': 'push' } },
  developer: { password: 'Harbor12345', projects: { hellok8s: 'push' } },
  'robot$hellok8s+puller': { password: 'T0kenOfTheRobot', projects: { hellok8s: 'pull' } },
})

/** Projects of the private registry: may anyone pull from them? */
const projects: Readonly<Record<string, boolean>> = dictionary({ hellok8s: false, library: true })

/** By TLS with a certificate that it signed itself, and without TLS on port 5001: one and the same server. */
export const isHarbor = (host: string): boolean => /^harbor\.example\.com(:(443|5001))?$/.test(host)

export type PushRefusal = 'denied' | 'unauthorized' | 'no-project' | 'read-only'

export class RegistryAccounts {
  readonly #hub = new Map<string, string>([['leigg', 'hellok8s-pw']])

  /** A login at a registry: false where user and password do not belong together. */
  signIn(host: string, { user, password }: Login): boolean {
    if (isHarbor(host))
      return Object.hasOwn(harborAccounts, user) && harborAccounts[user]!.password === password
    if (host !== 'docker.io') return false
    const known = this.#hub.get(user)
    if (known !== undefined) return known === password
    this.#hub.set(user, password)
    return true
  }

  /** Do user and password belong together? Without a new account for who has none. */
  isRight(host: string, login: Login): boolean {
    return isHarbor(host) ? this.signIn(host, login) : this.#hub.get(login.user) === login.password
  }

  /** May anyone pull it? */
  isOpen(host: string, path: string): boolean {
    return !isHarbor(host) || projects[projectOf(path)] === true
  }

  mayPull(host: string, path: string, login: Login): boolean {
    if (!this.isRight(host, login)) return false
    return !isHarbor(host) || this.#role(path, login.user) !== undefined
  }

  /** Why this login may not push there; undefined where it may. */
  pushRefusal(host: string, path: string, login: Login | undefined): PushRefusal | undefined {
    if (isHarbor(host)) {
      if (!login || !this.isRight(host, login)) return 'unauthorized'
      if (!Object.hasOwn(projects, projectOf(path))) return 'no-project'
      return this.#role(path, login.user) === 'push' ? undefined : 'read-only'
    }
    if (host !== 'docker.io') return 'denied'
    return login && this.isRight(host, login) && path.startsWith(`${login.user}/`) ? undefined : 'denied'
  }

  #role(path: string, user: string): Role | undefined {
    const own = harborAccounts[user]?.projects ?? {}
    return own['*'] ?? own[projectOf(path)]
  }
}

const projectOf = (path: string): string => path.split('/')[0]!
