// PATCH in its four forms: k8s.io/apiserver/pkg/endpoints/handlers/patch.go. What a form does is a part.
import { dictionary } from '../../engine/dictionary.ts'
import type { Call } from '../call.ts'
import { invalid, notFound, unsupportedMediaType } from '../errors.ts'
import { patchParts } from '../loaders.ts'
import { type Stored, storeKey } from '../store.ts'
import type { Updated } from './update.ts'

/** What a form of patches makes of the stored object, if there is one, and writes. */
export type PatchForm = (call: Call, old: Stored | undefined, body: unknown) => Updated

type Form = 'json' | 'merge' | 'strategic' | 'apply'
const forms: Readonly<Record<string, Form>> = dictionary({
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
})

export function patch(call: Call): Updated {
  const form = forms[(call.request.contentType ?? '').split(';')[0]!.trim()]
  if (!form || (form === 'strategic' && call.resource.custom)) throw unsupportedMediaType(acceptedTypes(call))
  checkOptions(call, form)
  const { body } = call
  const old = call.table.get(storeKey(call.namespace, call.name!))
  if (form !== 'apply' && !old) throw notFound(call.resource, call.name!)
  return patchParts.get(form)(call, old, body)
}

const acceptedTypes = (call: Call): string[] =>
  [...Object.keys(forms), 'application/apply-patch+cbor'].filter(
    t => !(call.resource.custom && t.includes('strategic')),
  )

function checkOptions({ query }: Call, form: Form): void {
  const options = { group: 'meta.k8s.io', kind: 'PatchOptions' }
  if (form === 'apply' && !query.fieldManager)
    throw invalid(options, '', [
      { type: 'Required', field: 'fieldManager', detail: 'is required for apply patch' },
    ])
  if (form !== 'apply' && query.force !== undefined)
    throw invalid(options, '', [
      { type: 'Forbidden', field: 'force', detail: 'may not be specified for non-apply patch' },
    ])
}
