// kubectl create configmap, secret: data from literals, files, directories and env files (pkg/generate, create_secret*.go).

import { encodeBase64, isText } from '../../engine/bytes.ts'
import { FileError } from '../../engine/files.ts'
import { keyPairFault } from '../../kinds/machinery/key-pair.ts'
import { setKey } from '../../yaml/parse.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { contentHash } from '../hash.ts'
import { byCodePoint, jsonLine } from '../print/values.ts'
import { type Generator, meta } from './create-generator.ts'

type Add = (key: string, value: string) => void

/** How the two kinds word their refusals. */
interface Words {
  readonly kind: string
  readonly badKey: (key: string, problems: string[]) => string
  readonly twice: (key: string, name: string) => string
  readonly envDirectory: string
}

const configMapWords: Words = {
  kind: 'ConfigMap',
  badKey: (key, problems) =>
    `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`,
  twice: (key, name) =>
    `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
  envDirectory: 'env config file cannot be a directory',
}
const secretWords: Words = {
  kind: 'Secret',
  badKey: (key, problems) =>
    `${JSON.stringify(key)} is not valid key name for a Secret ${problems.join(';')}`,
  twice: key => `cannot add key ${key}, another key by that name already exists`,
  envDirectory: 'env secret file cannot be a directory',
}

/** validation.IsConfigMapKey. */
function keyProblems(key: string): string[] {
  const problems: string[] = []
  if (key.length > 253) problems.push('must be no more than 253 characters')
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    problems.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    )
  if (key === '.') problems.push("must not be '.'")
  else if (key === '..') problems.push("must not be '..'")
  else if (key.startsWith('..')) problems.push("must not start with '..'")
  return problems
}

/** `fileKey`: the key of a file that is given without one, in place of its name. */
function gather(ctx: Context, name: string, words: Words, fileKey?: string): Record<string, string> {
  const data: Record<string, string> = {}
  const add: Add = (key, value) => {
    const problems = keyProblems(key)
    if (problems.length) throw new CommandError(words.badKey(key, problems))
    if (Object.hasOwn(data, key)) throw new CommandError(words.twice(key, name))
    setKey(data, key, value)
  }
  const [files, literals, envFiles] = ['from-file', 'from-literal', 'from-env-file'].map(f =>
    ctx.flags.list(f),
  )
  if (envFiles!.length && (files!.length || literals!.length))
    throw new CommandError('from-env-file cannot be combined with from-file or from-literal')
  for (const source of files!)
    fromFile(ctx, fileKey === undefined || source.includes('=') ? source : `${fileKey}=${source}`, add)
  for (const literal of literals!) {
    const equals = literal.indexOf('=')
    if (equals < 1) throw new CommandError(`invalid literal source ${literal}, expected key=value`)
    add(literal.slice(0, equals), literal.slice(equals + 1))
  }
  for (const file of envFiles!) fromEnvFile(ctx, file, words, add)
  return data
}

function read(ctx: Context, path: string): string {
  try {
    return ctx.process.files.read(ctx.file(path))
  } catch (error) {
    if (error instanceof FileError)
      throw new CommandError(`error reading ${path}: ${error.reason.toLowerCase()}`)
    throw error
  }
}

const isDirectory = (ctx: Context, path: string): boolean => {
  const { files } = ctx.process
  return files.exists(ctx.file(path)) && files.stat(ctx.file(path)).type === 'directory'
}

function fromFile(ctx: Context, source: string, add: Add): void {
  const parts = source.split('=')
  if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='")
  const [key, path] = parts.length === 1 ? [undefined, source] : [parts[0]!, parts[1]!]
  if (key === '') throw new CommandError(`key name for file path ${path} missing`)
  if (path === '') throw new CommandError(`file path for key name ${key} missing`)
  if (!isDirectory(ctx, path)) {
    add(key ?? path.slice(path.lastIndexOf('/') + 1), read(ctx, path))
    return
  }
  if (key !== undefined) throw new CommandError('cannot give a key name for a directory path')
  for (const name of ctx.process.files.list(ctx.file(path))) {
    const file = `${path.replace(/\/$/, '')}/${name}`
    if (ctx.process.files.stat(ctx.file(file)).type === 'file') add(name, read(ctx, file))
  }
}

function fromEnvFile(ctx: Context, path: string, words: Words, add: Add): void {
  if (isDirectory(ctx, path)) throw new CommandError(words.envDirectory)
  for (const raw of read(ctx, path).split('\n')) {
    const line = raw.replace(/\r$/, '').trimStart()
    if (!line || line.startsWith('#')) continue
    const equals = line.indexOf('=')
    const key = equals < 0 ? line : line.slice(0, equals)
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key))
      throw new CommandError(
        `${JSON.stringify(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      )
    add(key, equals < 0 ? (ctx.process.env.get(key) ?? '') : line.slice(equals + 1))
  }
}

const sourceFlags = 'append-hash from-env-file:l from-file:l from-literal:a '

export const configmap: Generator = {
  name: 'configmap',
  aliases: ['cm'],
  flags: sourceFlags,
  failure: 'failed to create configmap',
  make(ctx, name) {
    const all = gather(ctx, name, configMapWords)
    const data: Record<string, string> = {}
    const binaryData: Record<string, string> = {}
    for (const key of Object.keys(all).sort(byCodePoint)) {
      if (!isText(all[key]!)) setKey(binaryData, key, encodeBase64(all[key]!))
      else setKey(data, key, all[key]!)
    }
    const content = {
      ...(Object.keys(data).length && { data }),
      ...(Object.keys(binaryData).length && { binaryData }),
    }
    const suffix = ctx.flags.bool('append-hash')
      ? `-${contentHash({ data: Object.keys(data).length ? data : null, kind: 'ConfigMap', name, ...('binaryData' in content && { binaryData }) })}`
      : ''
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta(ctx, name + suffix), ...content }
  },
}

function secretObject(ctx: Context, name: string, type: string, plain: Record<string, string>) {
  const data: Record<string, string> = {}
  for (const key of Object.keys(plain).sort(byCodePoint)) setKey(data, key, encodeBase64(plain[key]!))
  const content = Object.keys(data).length ? { data } : {}
  const suffix = ctx.flags.bool('append-hash')
    ? `-${contentHash({ data: content.data ?? null, kind: 'Secret', name, type })}`
    : ''
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: meta(ctx, name + suffix),
    ...content,
    ...(type && { type }),
  }
}

export const genericSecret: Generator = {
  name: 'generic',
  flags: `${sourceFlags}type:s`,
  failure: 'failed to create secret ',
  make: (ctx, name) => secretObject(ctx, name, ctx.flags.string('type'), gather(ctx, name, secretWords)),
}

export const tlsSecret: Generator = {
  name: 'tls',
  flags: 'append-hash cert:s key:s',
  failure: 'failed to create secret ',
  make(ctx, name) {
    const [cert, key] = [ctx.flags.string('cert'), ctx.flags.string('key')]
    if (!cert || !key) throw new CommandError('key and cert must be specified')
    const [certificate, privateKey] = [cert, key].map(path => {
      try {
        return ctx.process.files.read(ctx.file(path))
      } catch (error) {
        if (error instanceof FileError)
          throw new CommandError(`Cannot read file ${path}, open ${path}: ${error.reason.toLowerCase()}`)
        throw error
      }
    })
    const fault = keyPairFault(certificate!, privateKey!)
    if (fault) throw new CommandError(fault)
    return secretObject(ctx, name, 'kubernetes.io/tls', { 'tls.crt': certificate!, 'tls.key': privateKey! })
  },
}

export const dockerSecret: Generator = {
  name: 'docker-registry',
  flags:
    'append-hash docker-email:s docker-password:s docker-server:s=https://index.docker.io/v1/ docker-username:s from-file:l',
  failure: 'failed to create secret ',
  make(ctx, name) {
    const files = ctx.flags.list('from-file')
    const [username, password, server, email] = ['username', 'password', 'server', 'email'].map(f =>
      ctx.flags.string(`docker-${f}`),
    )
    if (!files.length && !(username && password && server))
      throw new CommandError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      )
    const type = 'kubernetes.io/dockerconfigjson'
    if (files.length) {
      const data = gather(ctx, name, secretWords, '.dockerconfigjson')
      return secretObject(ctx, name, type, data)
    }
    const auth = encodeBase64(`${username}:${password}`)
    const entry = `{"username":${jsonLine(username)},"password":${jsonLine(password)},${email ? `"email":${jsonLine(email)},` : ''}"auth":${jsonLine(auth)}}`
    return secretObject(ctx, name, type, { '.dockerconfigjson': `{"auths":{${jsonLine(server)}:${entry}}}` })
  },
}
