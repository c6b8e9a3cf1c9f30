// openssl, as far as TLS secrets need it: keys (genrsa, genpkey, rsa, pkey), requests and certificates (req, x509,
// verify), a look at a server (s_client), rand, dgst, base64, version. Keys are RSA; other kinds are refused in words.
import { dictionary } from '../../../engine/dictionary.ts'
import { ToolError, tool } from '../../command.ts'
import { digest, encode, randomBytes } from './bytes.ts'
import { x509 } from './certificate.ts'
import { client } from './client.ts'
import { generateKey, generateRsa, readKey } from './keys.ts'
import { Arguments, type Command } from './process.ts'
import { request } from './request.ts'
import { verify } from './verify.ts'

const commands: Record<string, readonly [values: string, run: Command]> = dictionary({
  genrsa: ['out', generateRsa],
  genpkey: ['out algorithm pkeyopt', generateKey],
  rsa: ['in out', readKey],
  pkey: ['in out', readKey],
  req: ['newkey keyout out subj days key in addext config extensions section set_serial', request],
  x509: ['in out days CA CAkey CAserial set_serial extfile extensions ext signkey checkend key', x509],
  verify: ['CAfile untrusted', verify],
  s_client: ['connect servername CAfile', client],
  rand: ['out', randomBytes],
  dgst: ['out', digest],
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
})

export const openssl = tool('openssl', 'keys and certificates', function* (process) {
  const [, name = 'help', ...rest] = process.argv
  const command = commands[name]
  if (!command) throw new ToolError(`Invalid command '${name}'; type "help" for a list.`)
  const [values, run] = command
  return yield* run(process, new Arguments(rest, values))
})
