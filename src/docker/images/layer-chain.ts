// Layers as the store names them: each with those below it (image-spec, "Layer ChainID").
import { digestOf, type ImageContent } from '../../containers/content.ts'

/** `sha256:…` of each layer upon those below it, the lowest first. */
export function chainIds({ layers }: ImageContent): string[] {
  const ids: string[] = []
  for (const { diffId } of layers) {
    const below = ids.at(-1)
    ids.push(below === undefined ? diffId : digestOf(`${below} ${diffId}`))
  }
  return ids
}
