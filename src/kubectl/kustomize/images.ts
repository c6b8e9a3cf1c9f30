// The image and replica transformers (kustomize api/filters/{imagetag,replicacount}).
import { CommandError } from '../errors.ts'
import { isObject } from '../print/values.ts'
import { eachField, replicaFields } from './field-specs.ts'
import type { Image, Replica } from './kustomization.ts'
import { allIds, gvkText, type Res } from './resource.ts'

/** In every list of containers, wherever it stands. */
export function setImage(value: unknown, image: Image): void {
  if (Array.isArray(value)) for (const item of value) setImage(item, image)
  if (!isObject(value)) return
  for (const key of Object.keys(value)) {
    if ((key === 'containers' || key === 'initContainers') && Array.isArray(value[key]))
      for (const container of value[key])
        if (isObject(container) && typeof container.image === 'string')
          container.image = changed(container.image, image)
    setImage(value[key], image)
  }
}

function changed(text: string, { name = '', newName, newTag, tagSuffix, digest }: Image): string {
  const rest = text.slice(name.length)
  if (!text.startsWith(name) || !/^(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$/.test(rest)) return text
  const at = rest.indexOf('@')
  let tag = (at < 0 ? rest : rest.slice(0, at)).slice(1)
  let sum = at < 0 ? '' : rest.slice(at + 1)
  if (newTag || digest) [tag, sum] = [newTag ?? '', digest ?? '']
  else if (tagSuffix) [tag, sum] = [tag + tagSuffix, '']
  return `${newName || name}${tag && `:${tag}`}${sum && `@${sum}`}`
}

export function setReplicas(list: readonly Res[], { name = '', count = 0 }: Replica): void {
  let found = false
  for (const res of list)
    if (allIds(res).some(id => id.name === name))
      eachField(res, replicaFields, (spec, key) => {
        found = true
        spec[key] = count
      })
  if (found) return
  const kinds = replicaFields.map(({ kind }) => gvkText({ group: '', version: '', kind }))
  throw new CommandError(
    `resource with name ${name} does not match a config with the following GVK [${kinds.join(' ')}]`,
  )
}
