// kubectl create token.

import { dictionary } from '../../engine/dictionary.ts'
import type { TokenRequest } from '../../kinds/schema/types.ts'
import { type Command, printFlags } from '../command.ts'
import { CommandError, StatusError, UnreachableError } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'

const boundKinds: Record<string, string> = dictionary({ Node: 'v1', Pod: 'v1', Secret: 'v1' })

export const createToken: Command = {
  name: 'token',
  flags: `${printFlags}audience:a bound-object-kind:s bound-object-name:s bound-object-uid:s duration:d`,
  *run(ctx) {
    const { flags } = ctx
    const name = ctx.nameArgument()
    const ms = flags.duration('duration')
    if (ms < 0) throw new CommandError('--duration must be greater than or equal to 0')
    if (ms % 1000) throw new CommandError('--duration cannot be expressed in units less than seconds')
    const audiences = flags.list('audience')
    if (audiences.includes('')) throw new CommandError('--audience must not be an empty string')
    const kind = flags.string('bound-object-kind')
    const [boundName, uid] = [flags.string('bound-object-name'), flags.string('bound-object-uid')]
    if (!kind && boundName)
      throw new CommandError('--bound-object-name can only be set if --bound-object-kind is provided')
    if (!kind && uid)
      throw new CommandError('--bound-object-uid can only be set if --bound-object-kind is provided')
    if (kind && !boundKinds[kind])
      throw new CommandError(`supported --bound-object-kind values are ${Object.keys(boundKinds).join(', ')}`)
    if (kind && !boundName)
      throw new CommandError('--bound-object-name is required if --bound-object-kind is provided')
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: {},
      spec: {
        audiences,
        ...(ms && { expirationSeconds: ms / 1000 }),
        ...(kind && {
          boundObjectRef: { apiVersion: boundKinds[kind], kind, name: boundName, ...(uid && { uid }) },
        }),
      },
    }
    let answer: TokenRequest
    try {
      const path = `/api/v1/namespaces/${ctx.namespace}/serviceaccounts/${encodeURIComponent(name)}/token`
      answer = ctx.client.call({ method: 'POST', path, body })
    } catch (error) {
      if (error instanceof StatusError || error instanceof UnreachableError)
        throw new CommandError(`failed to create token: ${error.message}`)
      throw error
    }
    if (flags.string('output')) makePrinter(ctx, { typed: true })(answer)
    else ctx.line(answer.status.token)
    return 0
  },
}
