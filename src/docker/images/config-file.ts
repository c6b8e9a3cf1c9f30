// The client's configuration (~/.docker/config.json): who is logged in where. Without a credential helper the passwords
// stand in it, only encoded.
import type { Login } from '../../containers/registry-accounts.ts'
import { decodeBase64, encodeBase64 } from '../../engine/bytes.ts'
import type { Files } from '../../engine/files.ts'
import { DockerError } from '../errors.ts'

export const hubServer = 'https://index.docker.io/v1/'

/** As a configuration calls the registry of a host. */
export const serverOf = (host: string): string => (host === 'docker.io' ? hubServer : host)

interface Configuration {
  auths?: Record<string, { auth?: string; [more: string]: unknown }>
  [more: string]: unknown
}

export class ConfigFile {
  readonly path: string
  readonly #files: Files
  readonly #directory: string
  readonly #value: Configuration

  constructor(files: Files, directory: string) {
    this.#files = files
    this.#directory = directory
    this.path = `${directory}/config.json`
    this.#value = this.#read()
  }

  #read(): Configuration {
    if (!this.#files.exists(this.path)) return {}
    try {
      return JSON.parse(this.#files.read(this.path)) ?? {}
    } catch {
      throw new DockerError(`Error loading config file: ${this.path}: invalid character in JSON text`)
    }
  }

  login(server: string): Login | undefined {
    const text = decodeBase64(this.#value.auths?.[server]?.auth ?? '')
    if (!text?.includes(':')) return undefined
    const colon = text.indexOf(':')
    return { user: text.slice(0, colon), password: text.slice(colon + 1) }
  }

  /** False where it stood there like this before. */
  setLogin(server: string, { user, password }: Login): boolean {
    const auth = encodeBase64(`${user}:${password}`)
    const before = this.#value.auths?.[server]?.auth
    this.#value.auths = { ...this.#value.auths, [server]: { auth } }
    this.#write()
    return before !== auth
  }

  removeLogin(server: string): void {
    const { [server]: _, ...rest } = this.#value.auths ?? {}
    this.#value.auths = rest
    this.#write()
  }

  #write(): void {
    const { auths = {}, ...more } = this.#value
    const sorted = Object.fromEntries(Object.entries(auths).sort(([a], [b]) => (a < b ? -1 : 1)))
    this.#files.mkdir(this.#directory, { parents: true })
    this.#files.write(this.path, JSON.stringify({ auths: sorted, ...more }, undefined, '\t'), { mode: 0o600 })
  }
}
