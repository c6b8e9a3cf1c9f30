// openssl rand, dgst and base64: bytes by chance, their digests, and how they are written.
import { base64 } from '../../../engine/base64.ts'
import { decodeBase64, encodeBase64, toBytes } from '../../../engine/bytes.ts'
import { readAll } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import { Random } from '../../../engine/random.ts'
import { sha1 } from '../../../engine/sha1.ts'
import { sha256 } from '../../../engine/sha256.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { md5 } from '../checksum.ts'
import { type Arguments, input, output, readFile } from './process.ts'

export function* randomBytes(process: Process, args: Arguments): Task<number> {
  const count = Number(args.operands[0])
  if (!(count >= 0)) throw new ToolError('rand: Use -help for summary.')
  const hex = new Random(process.engine.seed).fork(`rand ${process.engine.now} ${process.pid}`).hex(count * 2)
  const binary = (hex.match(/../g) ?? []).map(byte => String.fromCharCode(Number.parseInt(byte, 16))).join('')
  output(
    process,
    args.value('out'),
    args.has('hex')
      ? `${hex}\n`
      : `${args.has('base64') ? base64(Array.from(binary, c => c.charCodeAt(0))).replace(/.{1,64}/g, '$&\n') : binary}`,
  )
  return 0
}

export function* digest(process: Process, args: Arguments): Task<number> {
  const how = args.has('md5') ? 'MD5' : args.has('sha1') ? 'SHA1' : 'SHA2-256'
  const hash = { MD5: md5, SHA1: sha1, 'SHA2-256': sha256 }[how]
  const paths = args.operands.length ? args.operands : ['-']
  for (const path of paths) {
    const text = path === '-' ? yield* readAll(process.stdin) : readFile(process, path)
    const name = path === '-' ? 'stdin' : path
    process.stdout.write(
      args.has('r') ? `${hash(toBytes(text))} *${name}\n` : `${how}(${name})= ${hash(toBytes(text))}\n`,
    )
  }
  return 0
}

export function* encode(process: Process, args: Arguments): Task<number> {
  const text = yield* input(process, args)
  if (!args.has('d')) {
    const line = encodeBase64(text)
    output(process, args.value('out'), args.has('A') ? line : line.replace(/.{1,64}/g, '$&\n'))
  } else output(process, args.value('out'), decodeBase64(text.replace(/\s/g, '')) ?? '')
  return 0
}
