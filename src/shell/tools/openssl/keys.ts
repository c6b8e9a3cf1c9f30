// openssl genrsa, genpkey, rsa and pkey: keys are made and looked at.
import { privatePem, publicPem, traditionalPem } from '../../../engine/certificates/keys.ts'
import { bitsOf, makeKey, type PrivateKey } from '../../../engine/certificates/rsa.ts'
import type { Process } from '../../../engine/process.ts'
import { Random } from '../../../engine/random.ts'
import { sleep, type Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { type Arguments, input, needKey, output } from './process.ts'

/** A key is made from the world's seed and the moment: the same world makes the same keys. */
export function* freshKey({ engine, pid }: Process, bits: number): Task<PrivateKey> {
  if (!(bits >= 512 && bits <= 4096))
    throw new ToolError(`This simulator makes RSA keys of 512 to 4096 bits, not of ${bits}`)
  yield* sleep(bits / 8)
  return makeKey(bits, new Random(engine.seed).fork(`rsa key ${engine.now} ${pid}`))
}

export function* generateRsa(process: Process, args: Arguments): Task<number> {
  const key = yield* freshKey(process, Number(args.operands[0] ?? 2048))
  output(process, args.value('out'), args.has('traditional') ? traditionalPem(key) : privatePem(key), 0o600)
  return 0
}

export function* generateKey(process: Process, args: Arguments): Task<number> {
  const kind = args.value('algorithm') ?? 'RSA'
  if (!/^rsa$/i.test(kind)) throw new ToolError(`This simulator makes RSA keys only, none of ${kind}`)
  const bits = /rsa_keygen_bits:(\d+)/.exec(args.all('pkeyopt').join(' '))?.[1] ?? '2048'
  output(process, args.value('out'), privatePem(yield* freshKey(process, Number(bits))), 0o600)
  return 0
}

export function* readKey(process: Process, args: Arguments): Task<number> {
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
