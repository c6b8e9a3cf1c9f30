// openssl x509: signs a request, or tells of a certificate.
import { publicPem } from '../../../engine/certificates/keys.ts'
import {
  isSignedBy,
  makeCertificate,
  nameText,
  parseExtension,
  readRequest,
} from '../../../engine/certificates/x509.ts'
import type { Process } from '../../../engine/process.ts'
import { Random } from '../../../engine/random.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { certificateTime } from '../certificate-check.ts'
import { pathOf } from '../input.ts'
import { type Arguments, day, input, needCertificate, needKey, output, readFile } from './process.ts'
import { certificateText, extensionText, fingerprint, serialText } from './text.ts'

export function serialOf({ engine, pid }: Process, args: Arguments): bigint {
  const given = args.value('set_serial')
  if (given !== undefined) return BigInt(given)
  return BigInt(
    `0x${'1234567'[engine.seed % 7]}${new Random(engine.seed).fork(`serial ${engine.now} ${pid}`).hex(39)}`,
  )
}

/** The certificate that a request asks for. */
function sign(process: Process, args: Arguments, text: string): number {
  const { engine, files, stderr } = process
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
    authority === undefined ? asked.subject : needCertificate(readFile(process, authority), authority).subject
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

/** What was asked of a certificate, in the order in which it was asked. */
function show(process: Process, args: Arguments, text: string): number {
  const { engine, stdout } = process
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

export function* x509(process: Process, args: Arguments): Task<number> {
  const text = yield* input(process, args)
  return args.has('req') ? sign(process, args, text) : show(process, args, text)
}
