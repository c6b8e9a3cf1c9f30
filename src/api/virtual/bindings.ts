// POST of a Binding to a namespace: the older form of pods/NAME/binding.
import type { Sent } from '../../kinds/object.ts'
import type { Binding } from '../../kinds/schema/types.ts'
import { tableNamed } from '../call.ts'
import { isObject } from '../json.ts'
import { binding } from '../subresources/binding.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'

export const bindings: SubresourceHandler = {
  create(call) {
    const body = isObject(call.body) ? (call.body as Sent<Binding>) : undefined
    const resource = call.server.registry.named('pods')!
    return binding.create!({
      ...call,
      resource,
      table: tableNamed(call, 'pods'),
      name: body?.metadata?.name ?? '',
    })
  },
}
