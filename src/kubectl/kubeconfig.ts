// The kubeconfig: which files it is made of, and the cluster, user and namespace of the context in use
// (client-go tools/clientcmd). Several files are merged, the first to set a value wins.

import { decodeBase64 } from '../engine/bytes.ts'
import { FileError } from '../engine/files.ts'
import type { Process } from '../engine/process.ts'
import { keyPairFault } from '../kinds/machinery/key-pair.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Connection } from './connection.ts'
import { CommandError, PlainError } from './errors.ts'
import type { Flags } from './flags.ts'
import { jsonKind, readStruct } from './go-structs.ts'
import { configStructs } from './kubeconfig-fields.ts'
import { type Dict, dictOf, isObject, listOf, textOf } from './print/values.ts'

export interface ConfigFile {
  path: string
  /** As parsed; `{}` where the file is missing or empty. */
  content: Dict
  exists: boolean
}

export interface Kubeconfig {
  readonly files: ConfigFile[]
  readonly currentContext: string
  readonly clusters: Map<string, Dict>
  readonly contexts: Map<string, Dict>
  readonly users: Map<string, Dict>
  /** Of the context in use. */
  readonly server: string
  readonly namespace: string
  readonly cluster: Readonly<Dict>
  readonly clusterName: string
  readonly user: Readonly<Dict>
  readonly userName: string
}

interface Source {
  readonly connection: Connection
  readonly process: Process
  readonly flags: Flags
  file(path: string): string
}

export function configPaths(source: Source): { paths: string[]; explicit: boolean } {
  const explicit = source.flags.string('kubeconfig')
  if (explicit) return { paths: [explicit], explicit: true }
  const list = source.process.env.get('KUBECONFIG')
  if (list) return { paths: list.split(':').filter(Boolean), explicit: false }
  return { paths: [`${source.process.env.get('HOME') ?? '/root'}/.kube/config`], explicit: false }
}

/** Reads and merges; does not look whether the context makes sense. */
export function readKubeconfig(source: Source): Kubeconfig {
  const { paths } = configPaths(source)
  const files = paths.map(path => readFile(source, path))
  const merged = {
    clusters: new Map<string, Dict>(),
    contexts: new Map<string, Dict>(),
    users: new Map<string, Dict>(),
  }
  let currentContext = ''
  for (const { content } of files) {
    currentContext ||= textOf(content, 'current-context')
    for (const [list, entry] of [
      ['clusters', 'cluster'],
      ['contexts', 'context'],
      ['users', 'user'],
    ] as const)
      for (const item of listOf(content, list)) {
        const name = textOf(item, 'name')
        if (!merged[list].has(name)) merged[list].set(name, dictOf(item, entry))
      }
  }
  const chosen = source.flags.global('context') || currentContext
  const context = merged.contexts.get(chosen) ?? {}
  const clusterName = source.flags.global('cluster') || textOf(context, 'cluster')
  const userName = source.flags.global('user') || textOf(context, 'user')
  const cluster = merged.clusters.get(clusterName) ?? {}
  return {
    files,
    currentContext,
    ...merged,
    server: textOf(cluster, 'server'),
    namespace: textOf(context, 'namespace'),
    cluster,
    clusterName,
    user: merged.users.get(userName) ?? {},
    userName,
  }
}

/** For commands that talk to the cluster. */
export function loadKubeconfig(source: Source): Kubeconfig {
  const { paths, explicit } = configPaths(source)
  const config = readKubeconfig(source)
  if (explicit && !config.files[0]!.exists)
    throw new CommandError(`stat ${paths[0]}: no such file or directory`)
  const wanted = source.flags.global('context')
  if (wanted && !config.contexts.has(wanted))
    throw new PlainError(`Error in configuration: context was not found for specified context: ${wanted}`)
  if (!wanted && config.currentContext && !config.contexts.has(config.currentContext))
    throw new PlainError(
      `Error in configuration: context was not found for specified context: ${config.currentContext}`,
    )
  const cluster = source.flags.global('cluster')
  if (cluster && !config.clusters.has(cluster))
    throw new CommandError(`no server found for cluster ${JSON.stringify(cluster)}`)
  const user = source.flags.global('user')
  if (user && !config.users.has(user))
    throw new CommandError(`auth info ${JSON.stringify(user)} does not exist`)
  checkCredentials(source, config)
  return config
}

/** A certificate and its key as a kubeconfig or the command line gives them. */
interface Credential {
  /** Of a file; empty where the text itself is given, or nothing. */
  readonly path: string
  /** In base64. */
  readonly data: string
}

function credential({ flags }: Source, { user }: Kubeconfig, name: string): Credential {
  const given = flags.global(name)
  return given ? { path: given, data: '' } : { path: textOf(user, name), data: textOf(user, `${name}-data`) }
}

/** What is wrong with a user's certificate, and with files that are named but not there (clientcmd's validation.go). */
function checkCredentials(source: Source, config: Kubeconfig): void {
  const { clusterName, userName } = config
  const certificate = credential(source, config, 'client-certificate')
  const key = credential(source, config, 'client-key')
  const problems: string[] = []
  const unread = (path: string, word: string, owner: string) => {
    if (path && !isAdministrator(source, path) && !source.process.files.exists(source.file(path)))
      problems.push(
        `unable to read ${word} ${path} for ${owner} due to open ${path}: no such file or directory`,
      )
  }
  const both = (word: string, end: string) =>
    problems.push(
      `${word}-data and ${word} are both specified for ${userName}${end} ${word}-data will override`,
    )
  if (certificate.path || certificate.data) {
    if (certificate.path && certificate.data)
      problems.push(
        `client-cert-data and client-cert are both specified for ${userName}. client-cert-data will override.`,
      )
    if (key.path && key.data) both('client-key', ';')
    if (!key.path && !key.data)
      problems.push(
        `client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`,
      )
    unread(certificate.path, 'client-cert', userName)
    unread(key.path, 'client-key', userName)
  } else unread(source.flags.global('client-key'), 'client-key', userName)
  unread(source.flags.global('certificate-authority'), 'certificate-authority', clusterName)
  if (problems.length === 1) throw new CommandError(problems[0]!)
  if (problems.length)
    throw new PlainError(`Error in configuration: \n${problems.map(p => `* ${p}`).join('\n')}`)
}

const isAdministrator = (source: Source, path: string): boolean =>
  source.connection.administrator.includes(source.file(path))

export interface ClientCertificate {
  readonly pem: string
  /** Why no connection comes about with it. */
  readonly fault: string | undefined
}

/** The certificate that says who asks; undefined where there is none, or the administrator's. */
export function clientCertificate(source: Source, config: Kubeconfig): ClientCertificate | undefined {
  const certificate = credential(source, config, 'client-certificate')
  const key = credential(source, config, 'client-key')
  if (!certificate.path && !certificate.data) return undefined
  if (!certificate.data && isAdministrator(source, certificate.path)) return undefined
  const textOf = ({ path, data }: Credential) =>
    data ? (decodeBase64(data) ?? '') : source.process.files.read(source.file(path))
  const pem = textOf(certificate)
  const fault = keyPairFault(pem, textOf(key))
  // What stands in the kubeconfig itself is looked at at once, files when a connection begins.
  if (fault && certificate.data && key.data) throw new CommandError(fault)
  return { pem, fault }
}

/** The token that says who asks: where there is a certificate as well, that is what the server looks at first. */
export function bearerToken(source: Source, { user }: Kubeconfig): string | undefined {
  const { flags, process } = source
  const certificates = ['client-certificate', 'client-certificate-data'].map(field => user[field])
  if (flags.global('client-certificate') || certificates.some(Boolean)) return undefined
  const [given, path] = [flags.global('token') || textOf(user, 'token'), textOf(user, 'tokenFile')]
  if (given || !path) return given || undefined
  const place = source.file(path)
  return process.files.exists(place) ? process.files.read(place).trim() : undefined
}

function readFile(source: Source, path: string): ConfigFile {
  let text: string
  try {
    text = source.process.files.read(source.file(path))
  } catch (error) {
    if (error instanceof FileError) return { path, content: {}, exists: false }
    throw error
  }
  let content: unknown
  try {
    content = parseYaml(text)
  } catch (error) {
    throw new CommandError(
      `error loading config file ${JSON.stringify(path)}: ${error instanceof Error ? error.message : error}`,
    )
  }
  const broken = (why: string) =>
    new CommandError(`error loading config file ${JSON.stringify(path)}: ${why}`)
  const { kind, apiVersion } = typeMeta(content, broken)
  if (kind && kind !== 'Config')
    throw broken(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"`,
    )
  const at = `error loading config file ${JSON.stringify(path)}: `
  return { path, content: readStruct(content, 'Config', configStructs, at), exists: true }
}

/** What runtime's serializer looks for first of all. */
function typeMeta(
  content: unknown,
  broken: (why: string) => CommandError,
): { kind: string; apiVersion: string } {
  const wrong = (value: unknown, into: string) =>
    broken(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonKind(value)} into Go ${into}`,
    )
  if (content !== null && !isObject(content))
    throw wrong(
      content,
      'value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    )
  const text = (field: string, otherwise: string): string => {
    const value = content?.[field] ?? otherwise
    if (typeof value !== 'string') throw wrong(value, `struct field .${field} of type string`)
    return value
  }
  return { apiVersion: text('apiVersion', 'v1'), kind: text('kind', 'Config') }
}
