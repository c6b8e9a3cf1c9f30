// openssl req: a request for a certificate, or one that its own key signs.
import { privatePem } from '../../../engine/certificates/keys.ts'
import type { PrivateKey } from '../../../engine/certificates/rsa.ts'
import {
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
import { LineReader } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { serialOf } from './certificate.ts'
import { freshKey } from './keys.ts'
import { type Arguments, day, needKey, output, readFile } from './process.ts'
import { certificateText, requestText } from './text.ts'

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

export function* request(process: Process, args: Arguments): Task<number> {
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
