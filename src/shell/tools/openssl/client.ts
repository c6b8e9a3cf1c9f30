// openssl s_client: a look at the certificate of a server.
import type { ServerCertificate } from '../../../engine/network.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { certificateTime, distrust } from '../certificate-check.ts'
import { type Arguments, readFile } from './process.ts'

const unreached: Readonly<Record<string, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  reset: 'Connection reset by peer',
}

/** What a server shows when TLS begins; nothing is asked for then. */
export function* client(process: Process, args: Arguments): Task<number> {
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
