// openssl, as far as TLS secrets need it: keys (genrsa, genpkey, rsa, pkey), requests and certificates (req, x509,
// verify), a look at a server (s_client), rand, dgst, base64, version. Keys are RSA; other kinds are refused in words.
import { base64 } from '../../../engine/base64.ts'
import { decodeBase64, encodeBase64, toBytes } from '../../../engine/bytes.ts'
import { privatePem, publicPem, readPrivate, traditionalPem } from '../../../engine/certificates/keys.ts'
import { bitsOf, makeKey, type PrivateKey } from '../../../engine/certificates/rsa.ts'
import {
  type Certificate,
  type Extension,
  isSignedBy,
  keyId,
  makeCertificate,
  makeRequest,
  type Name,
  nameText,
  parseExtension,
  parseSubject,
  readCertificate,
  readRequest,
} from '../../../engine/certificates/x509.ts'
import { FileError } from '../../../engine/files.ts'
import type { ServerCertificate } from '../../../engine/network.ts'
import { LineReader, readAll } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import { Random } from '../../../engine/random.ts'
import { sha1 } from '../../../engine/sha1.ts'
import { sha256 } from '../../../engine/sha256.ts'
import { sleep, type Task } from '../../../engine/task.ts'
import { ToolError, tool } from '../../command.ts'
import { certificateTime, distrust } from '../certificate-check.ts'
import { md5 } from '../checksum.ts'
import { pathOf } from '../input.ts'
import { certificateText, extensionText, fingerprint, requestText, serialText } from './text.ts'

type Command = (process: Process, args: Arguments) => Task<number>

const day = 86_400_000

/** `-days 365`, `-x509`: options with one dash; what is none is an operand. */
class Arguments {
  readonly operands: string[] = []
  readonly #options = new Map<string, string[]>()

  constructor(args: readonly string[], withValue: string) {
    const valued = new Set(withValue.split(' '))
    for (let i = 0; i < args.length; i++) {
      const name = args[i]!.replace(/^--?/, '')
      if (!args[i]!.startsWith('-')) this.operands.push(args[i]!)
      else
        this.#options.set(name, [
          ...(this.#options.get(name) ?? []),
          valued.has(name) ? (args[++i] ?? '') : '',
        ])
    }
  }

  has(name: string): boolean {
    return this.#options.has(name)
  }

  value(name: string): string | undefined {
    return this.#options.get(name)?.at(-1)
  }

  all(name: string): readonly string[] {
    return this.#options.get(name) ?? []
  }

  /** Names, in the order given. */
  get names(): string[] {
    return [...this.#options.keys()]
  }
}

function readFile(process: Process, path: string): string {
  try {
    return process.files.read(pathOf(process, path))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ToolError(`Can't open "${path}" for reading, ${error.reason}`)
  }
}

function* input(process: Process, args: Arguments): Task<string> {
  const path = args.value('in')
  return path === undefined ? yield* readAll(process.stdin) : readFile(process, path)
}

function output(process: Process, path: string | undefined, text: string, mode?: number): void {
  if (path === undefined) process.stdout.write(text)
  else process.files.write(pathOf(process, path), text, mode === undefined ? {} : { mode })
}

/** A key is made from the world's seed and the moment: the same world makes the same keys. */
function* freshKey({ engine, pid }: Process, bits: number): Task<PrivateKey> {
  if (!(bits >= 512 && bits <= 4096))
    throw new ToolError(`This simulator makes RSA keys of 512 to 4096 bits, not of ${bits}`)
  yield* sleep(bits / 8)
  return makeKey(bits, new Random(engine.seed).fork(`rsa key ${engine.now} ${pid}`))
}

const needKey = (text: string, path: string): PrivateKey => {
  const key = readPrivate(text)
  if (!key) throw new ToolError(`Could not read private key from ${path}`)
  return key
}
const needCertificate = (text: string, path: string): Certificate => {
  const certificate = readCertificate(text)
  if (!certificate) throw new ToolError(`Could not find certificate from ${path}`)
  return certificate
}

const commands: Record<string, readonly [values: string, run: Command]> = {
  genrsa: [
    'out',
    function* (process, args) {
      const key = yield* freshKey(process, Number(args.operands[0] ?? 2048))
      output(
        process,
        args.value('out'),
        args.has('traditional') ? traditionalPem(key) : privatePem(key),
        0o600,
      )
      return 0
    },
  ],
  genpkey: [
    'out algorithm pkeyopt',
    function* (process, args) {
      const kind = args.value('algorithm') ?? 'RSA'
      if (!/^rsa$/i.test(kind)) throw new ToolError(`This simulator makes RSA keys only, none of ${kind}`)
      const bits = /rsa_keygen_bits:(\d+)/.exec(args.all('pkeyopt').join(' '))?.[1] ?? '2048'
      output(process, args.value('out'), privatePem(yield* freshKey(process, Number(bits))), 0o600)
      return 0
    },
  ],
  rsa: ['in out', readKey],
  pkey: ['in out', readKey],
  req: ['newkey keyout out subj days key in addext config extensions section set_serial', request],
  x509: ['in out days CA CAkey CAserial set_serial extfile extensions ext signkey checkend key', x509],
  verify: ['CAfile untrusted', verifyCommand],
  s_client: ['connect servername CAfile', client],
  rand: [
    'out',
    function* (process, args) {
      const count = Number(args.operands[0])
      if (!(count >= 0)) throw new ToolError('rand: Use -help for summary.')
      const hex = new Random(process.engine.seed)
        .fork(`rand ${process.engine.now} ${process.pid}`)
        .hex(count * 2)
      const binary = (hex.match(/../g) ?? [])
        .map(byte => String.fromCharCode(Number.parseInt(byte, 16)))
        .join('')
      output(
        process,
        args.value('out'),
        args.has('hex')
          ? `${hex}\n`
          : `${args.has('base64') ? base64(Array.from(binary, c => c.charCodeAt(0))).replace(/.{1,64}/g, '$&\n') : binary}`,
      )
      return 0
    },
  ],
  dgst: [
    'out',
    function* (process, args) {
      const how = args.has('md5') ? 'MD5' : args.has('sha1') ? 'SHA1' : 'SHA2-256'
      const digest = { MD5: md5, SHA1: sha1, 'SHA2-256': sha256 }[how]
      const paths = args.operands.length ? args.operands : ['-']
      for (const path of paths) {
        const text = path === '-' ? yield* readAll(process.stdin) : readFile(process, path)
        const name = path === '-' ? 'stdin' : path
        process.stdout.write(
          args.has('r')
            ? `${digest(toBytes(text))} *${name}\n`
            : `${how}(${name})= ${digest(toBytes(text))}\n`,
        )
      }
      return 0
    },
  ],
  base64: ['in out', encode],
  enc: ['in out', encode],
  version: [
    '',
    function* (process, args) {
      process.stdout.write(
        `OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n${args.has('a') ? 'OPENSSLDIR: "/usr/lib/ssl"\n' : ''}`,
      )
      return 0
    },
  ],
}

function* encode(process: Process, args: Arguments): Task<number> {
  const text = yield* input(process, args)
  if (!args.has('d')) {
    const line = encodeBase64(text)
    output(process, args.value('out'), args.has('A') ? line : line.replace(/.{1,64}/g, '$&\n'))
  } else output(process, args.value('out'), decodeBase64(text.replace(/\s/g, '')) ?? '')
  return 0
}

function* readKey(process: Process, args: Arguments): Task<number> {
  const key = needKey(yield* input(process, args), args.value('in') ?? 'stdin')
  if (args.has('check')) process.stdout.write('RSA key ok\n')
  if (args.has('modulus')) process.stdout.write(`Modulus=${key.n.toString(16).toUpperCase()}\n`)
  if (args.has('text')) process.stdout.write(`Private-Key: (${bitsOf(key.n)} bit, 2 primes)\n`)
  if (args.has('noout')) return 0
  if (args.has('pubout')) output(process, args.value('out'), publicPem(key))
  else {
    if (args.has('in') && !args.has('out')) process.stderr.write('writing RSA key\n')
    output(process, args.value('out'), args.has('traditional') ? traditionalPem(key) : privatePem(key))
  }
  return 0
}

const questions: readonly (readonly [kind: string, question: string, usual: string])[] = [
  ['C', 'Country Name (2 letter code)', 'AU'],
  ['ST', 'State or Province Name (full name)', 'Some-State'],
  ['L', 'Locality Name (eg, city)', ''],
  ['O', 'Organization Name (eg, company)', 'Internet Widgits Pty Ltd'],
  ['OU', 'Organizational Unit Name (eg, section)', ''],
  ['CN', 'Common Name (e.g. server FQDN or YOUR name)', ''],
  ['emailAddress', 'Email Address', ''],
]

function* askName({ stdin, stderr }: Process): Task<Name> {
  stderr.write(
    "You are about to be asked to enter information that will be incorporated\ninto your certificate request.\nWhat you are about to enter is what is called a Distinguished Name or a DN.\nThere are quite a few fields but you can leave some blank\nFor some fields there will be a default value,\nIf you enter '.', the field will be left blank.\n-----\n",
  )
  const lines = new LineReader(stdin)
  const name: (readonly [string, string])[] = []
  for (const [kind, question, usual] of questions) {
    stderr.write(`${question} [${usual}]:`)
    const line = yield* lines.line()
    const value = line || usual
    if (value && value !== '.') name.push([kind, value])
  }
  return name
}

const extensionsOf = (texts: readonly string[]): Extension[] =>
  texts.map(text => {
    const found = parseExtension(text)
    if (!found) throw new ToolError(`Error adding request extensions from command line: ${text}`)
    return found
  })

function* request(process: Process, args: Arguments): Task<number> {
  const { engine, stdout, stderr } = process
  const asked = args.value('in')
  if (asked !== undefined) {
    const found = readRequest(readFile(process, asked))
    if (!found) throw new ToolError(`Could not find certificate request from ${asked}`)
    if (args.has('verify'))
      stderr.write(
        isSignedBy(found, found.key)
          ? 'Certificate request self-signature verify OK\n'
          : 'Certificate request self-signature did not match the contents\n',
      )
    if (args.has('text')) stdout.write(requestText(found))
    if (args.has('subject')) stdout.write(`subject=${nameText(found.subject)}\n`)
    if (!args.has('noout')) output(process, args.value('out'), readFile(process, asked))
    return 0
  }
  let key: PrivateKey
  const path = args.value('key')
  if (path !== undefined) key = needKey(readFile(process, path), path)
  else {
    const [kind = 'rsa', bits = '2048'] = (args.value('newkey') ?? 'rsa:2048').split(':')
    if (kind !== 'rsa') throw new ToolError(`This simulator makes RSA keys only, none of ${kind}`)
    key = yield* freshKey(process, Number(bits))
    if (!args.has('nodes') && !args.has('noenc'))
      stderr.write(
        'The private key is written without a passphrase: this simulator encrypts no keys (-nodes says so beforehand).\n',
      )
    output(process, args.value('keyout') ?? 'privkey.pem', privatePem(key), 0o600)
    stderr.write('-----\n')
  }
  const given = args.value('subj')
  const subject = given === undefined ? yield* askName(process) : parseSubject(given)
  if (!subject)
    throw new ToolError(
      `req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${given}'`,
    )
  const extensions = extensionsOf(args.all('addext'))
  if (!args.has('x509')) {
    output(process, args.value('out'), makeRequest(subject, key, extensions))
    return 0
  }
  const id = keyId(key)
  const has = (name: string) => extensions.some(each => each.name === name)
  const usual: Extension[] = [
    { name: 'subjectKeyIdentifier', critical: false, value: id },
    { name: 'authorityKeyIdentifier', critical: false, value: id },
    { name: 'basicConstraints', critical: true, value: 'CA:TRUE' },
  ]
  const certificate = makeCertificate(
    {
      serial: serialOf(process, args),
      issuer: subject,
      subject,
      from: engine.now,
      to: engine.now + Number(args.value('days') ?? 30) * day,
      key,
      extensions: [...usual.filter(each => !has(each.name)), ...extensions],
    },
    key,
  )
  if (args.has('text')) output(process, args.value('out'), certificateText(readCertificate(certificate)!))
  if (!args.has('noout')) output(process, args.value('out'), certificate)
  return 0
}

function serialOf({ engine, pid }: Process, args: Arguments): bigint {
  const given = args.value('set_serial')
  if (given !== undefined) return BigInt(given)
  return BigInt(
    `0x${'1234567'[engine.seed % 7]}${new Random(engine.seed).fork(`serial ${engine.now} ${pid}`).hex(39)}`,
  )
}

function* x509(process: Process, args: Arguments): Task<number> {
  const { engine, files, stdout, stderr } = process
  const text = yield* input(process, args)
  if (args.has('req')) {
    const asked = readRequest(text)
    if (!asked) throw new ToolError(`Could not find certificate request from ${args.value('in') ?? 'stdin'}`)
    stderr.write(
      `Certificate request self-signature ${isSignedBy(asked, asked.key) ? 'ok' : 'verification failure'}\nsubject=${nameText(asked.subject)}\n`,
    )
    const [authority, keyPath] = [
      args.value('CA'),
      args.value('CAkey') ?? args.value('signkey') ?? args.value('key'),
    ]
    if (keyPath === undefined)
      throw new ToolError(
        'x509: We need a private key to sign with, use -signkey or -CAkey or -CA <file> with private key',
      )
    const signer = needKey(readFile(process, keyPath), keyPath)
    const issuer =
      authority === undefined
        ? asked.subject
        : needCertificate(readFile(process, authority), authority).subject
    const file = args.value('extfile')
    const section = args.value('extensions')
    let lines =
      file === undefined
        ? []
        : readFile(process, file)
            .split('\n')
            .map(line => line.trim())
    if (section !== undefined) lines = lines.slice(lines.indexOf(`[${section}]`) + 1)
    const end = lines.findIndex(line => line.startsWith('['))
    const extensions = (end < 0 ? lines : lines.slice(0, end))
      .map(parseExtension)
      .filter(each => each !== undefined)
    const copied = args.has('copy_extensions') ? asked.extensions : []
    output(
      process,
      args.value('out'),
      makeCertificate(
        {
          serial: serialOf(process, args),
          issuer,
          subject: asked.subject,
          from: engine.now,
          to: engine.now + Number(args.value('days') ?? 30) * day,
          key: asked.key,
          extensions: [...copied, ...extensions.filter(each => !/KeyIdentifier/.test(each.name))],
        },
        signer,
      ),
    )
    if (authority !== undefined && args.has('CAcreateserial'))
      files.write(
        pathOf(process, authority.replace(/\.\w+$/, '.srl')),
        `${serialText(serialOf(process, args))}\n`,
      )
    return 0
  }
  const certificate = needCertificate(text, args.value('in') ?? 'stdin')
  for (const name of args.names) {
    if (name === 'text') stdout.write(certificateText(certificate))
    else if (name === 'subject') stdout.write(`subject=${nameText(certificate.subject)}\n`)
    else if (name === 'issuer') stdout.write(`issuer=${nameText(certificate.issuer)}\n`)
    else if (name === 'serial') stdout.write(`serial=${serialText(certificate.serial)}\n`)
    else if (name === 'startdate' || name === 'dates')
      stdout.write(`notBefore=${certificateTime(certificate.from)}\n`)
    if (name === 'enddate' || name === 'dates') stdout.write(`notAfter=${certificateTime(certificate.to)}\n`)
    else if (name === 'fingerprint')
      stdout.write(
        args.has('sha256')
          ? `sha256 Fingerprint=${fingerprint(certificate, 'sha256')}\n`
          : `SHA1 Fingerprint=${fingerprint(certificate, 'sha1')}\n`,
      )
    else if (name === 'pubkey') stdout.write(publicPem(certificate.key))
    else if (name === 'modulus') stdout.write(`Modulus=${certificate.key.n.toString(16).toUpperCase()}\n`)
    else if (name === 'ext') {
      const wanted = args.value('ext')!.split(',')
      const found = certificate.extensions.filter(each => wanted.includes(each.name))
      stdout.write(
        found.length ? found.map(each => extensionText(each, 0)).join('') : 'No extensions matching\n',
      )
    } else if (name === 'checkend') {
      const expires = certificate.to < engine.now + Number(args.value('checkend')) * 1000
      stdout.write(`Certificate will ${expires ? '' : 'not '}expire\n`)
      if (expires) return 1
    }
  }
  if (!args.has('noout')) output(process, args.value('out'), text.slice(text.indexOf('-----BEGIN')))
  return 0
}

function* verifyCommand(process: Process, args: Arguments): Task<number> {
  const { engine, stdout, stderr } = process
  const trusted = args.value('CAfile')
  const authority = trusted === undefined ? undefined : needCertificate(readFile(process, trusted), trusted)
  let status = 0
  for (const path of args.operands) {
    const certificate = needCertificate(readFile(process, path), path)
    const issuer =
      authority && nameText(authority.subject) === nameText(certificate.issuer) ? authority : undefined
    const own = nameText(certificate.subject) === nameText(certificate.issuer)
    const problem = !issuer
      ? own
        ? 'error 18 at 0 depth lookup: self-signed certificate'
        : 'error 20 at 0 depth lookup: unable to get local issuer certificate'
      : !isSignedBy(certificate, issuer.key)
        ? 'error 7 at 0 depth lookup: certificate signature failure'
        : certificate.to < engine.now
          ? 'error 10 at 0 depth lookup: certificate has expired'
          : undefined
    if (!problem) stdout.write(`${path}: OK\n`)
    else {
      stderr.write(`${nameText(certificate.subject)}\n${problem}\nerror ${path}: verification failed\n`)
      status = 2
    }
  }
  return status
}

/** What a server shows when TLS begins; nothing is asked for then. */
function* client(process: Process, args: Arguments): Task<number> {
  const [, host = '', port = '443'] =
    /^([^:]*)(?::(\d+))?$/.exec(args.value('connect') ?? args.operands[0] ?? '') ?? []
  const trusted = args.value('CAfile')
  const authorities = trusted === undefined ? '' : readFile(process, trusted)
  const name = args.value('servername') ?? (/^[\d.]+$/.test(host) ? undefined : host)
  let reached = false
  let shown: ServerCertificate | undefined
  const result = yield* process.network.http(
    { host, port: Number(port) },
    {
      method: 'GET',
      path: '/',
      headers: {},
      body: '',
      secure: true,
      ...(name !== undefined && { serverName: name }),
      accepts: certificate => {
        reached = true
        shown = certificate
        return false
      },
    },
    10_000,
  )
  const { stdout, stderr } = process
  if (!reached) {
    const why = result.ok ? 'reset' : result.error.type
    if (why === 'plain') {
      stdout.write('CONNECTED(00000003)\n---\nno peer certificate available\n---\n')
      stderr.write('error:0A00010B:SSL routines:ssl3_get_record:wrong version number\n')
      return 1
    }
    stderr.write(
      `${why === 'unknown-host' ? 'BIO_lookup_ex:system lib:Name or service not known' : `connect:${unreached[why]}`}\nconnect:errno=111\n`,
    )
    return 1
  }
  if (!shown) {
    stdout.write(
      'CONNECTED(00000003)\n---\nno peer certificate available\n---\nThe certificate of this server does not travel on this network: that of an Ingress does.\n',
    )
    return 0
  }
  const spaced = (text: string) => text.replaceAll('; ', ', ').replaceAll('=', ' = ')
  const subject = spaced(shown.subject)
  const problem = distrust(shown, authorities, process.engine.now)
  stderr.write(`depth=0 ${subject}\n`)
  if (problem) stderr.write(`verify error:num=${problem.code}:${problem.text}\n`)
  stderr.write('verify return:1\n')
  stdout.write(
    `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:${subject}\n   i:${spaced(shown.issuer)}\n   v:NotBefore: ${certificateTime(shown.from)}; NotAfter: ${certificateTime(shown.to)}\n---\nServer certificate\n${shown.pem ?? ''}subject=${subject}\nissuer=${spaced(shown.issuer)}\n---\nVerify return code: ${problem ? `${problem.code} (${problem.text})` : '0 (ok)'}\n---\n`,
  )
  return 0
}

const unreached: Readonly<Record<string, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  reset: 'Connection reset by peer',
}

export const openssl = tool('openssl', 'keys and certificates', function* (process) {
  const [, name = 'help', ...rest] = process.argv
  const command = commands[name]
  if (!command) throw new ToolError(`Invalid command '${name}'; type "help" for a list.`)
  const [values, run] = command
  return yield* run(process, new Arguments(rest, values))
})
