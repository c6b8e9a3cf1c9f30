// openssl verify: whether an authority vouches for a certificate.
import { isSignedBy, nameText } from '../../../engine/certificates/x509.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { type Arguments, needCertificate, readFile } from './process.ts'

export function* verify(process: Process, args: Arguments): Task<number> {
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
