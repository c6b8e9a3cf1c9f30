// kubectl certificate approve, deny.

import type { KubeObject } from '../../kinds/object.ts'
import { build, resourceNames } from '../builder.ts'
import { type Command, fileFlags, printFlags } from '../command.ts'
import { CommandError, StatusError, throwAll } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'

function decide(name: 'approve' | 'deny', type: 'Approved' | 'Denied'): Command {
  return {
    name,
    flags: `${printFlags}${fileFlags}force`,
    *run(ctx) {
      if (ctx.args.length === 0 && !ctx.flags.list('filename').length)
        throw new CommandError('one or more CSRs must be specified as <name> or -f <filename>')
      const { infos, errors } = yield* build(ctx, {
        args: resourceNames('certificatesigningrequests.certificates.k8s.io', ctx.args),
        clusterScoped: true,
        continueOnError: true,
        latest: true,
        scheme: 'kubectl',
      })
      const all: Error[] = [...errors]
      const word = type.toLowerCase()
      for (const { resource, name: of, object } of infos) {
        if (object.kind !== 'CertificateSigningRequest') {
          all.push(
            new CommandError(
              `can only handle CertificateSigningRequest.certificates.k8s.io objects, got ${object.kind}`,
            ),
          )
          continue
        }
        const conditions = object.status.conditions ?? []
        const done = conditions.some(c => c.type === type)
        let result: KubeObject = object
        try {
          if (!done || ctx.flags.bool('force')) {
            const time = ctx.process.engine.timestamp
            const condition = {
              lastUpdateTime: time,
              message: `This CSR was ${word} by kubectl certificate ${name}.`,
              reason: `Kubectl${name === 'approve' ? 'Approve' : 'Deny'}`,
              status: 'True',
              type,
            }
            const changed = {
              ...object,
              status: { ...object.status, conditions: [...conditions, condition] },
            }
            result = ctx.client.replace(resource, '', of, changed, undefined, 'approval')
          }
        } catch (error) {
          if (!(error instanceof StatusError)) throw error
          all.push(error)
          continue
        }
        makePrinter(ctx, { typed: true, operation: word })(result)
      }
      throwAll(all)
      return 0
    },
  }
}

export const certificate: Command = {
  name: 'certificate',
  commands: [decide('approve', 'Approved'), decide('deny', 'Denied')],
}
