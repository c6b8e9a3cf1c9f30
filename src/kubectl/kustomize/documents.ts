// The documents of a resource file or a patch. kustomize reads them by YAML 1.2: `yes`, `on` and `n` are texts there,
// though they are booleans in kustomization.yaml itself (kyaml is go-yaml v3, the latter goes through sigs.k8s.io/yaml).
import { hold } from '../../engine/holding.ts'
import { type DocumentFault, readDocuments } from '../../manifest/documents.ts'
import type { YamlNode } from '../../yaml/node.ts'
import { nodeValue } from '../../yaml/parse.ts'
import { objectSize } from '../manifests.ts'

/** Empty documents are left out; a fault is the last. */
export function* readValues(text: string): Generator<{ readonly value: unknown } | DocumentFault> {
  hold(text.length * objectSize)
  for (const document of readDocuments(text)) {
    if ('error' in document) yield document
    else if (document.value !== null) {
      const { root } = document
      if (root) markTexts(root)
      yield { value: root ? nodeValue(root) : document.value }
    }
  }
}

const onlyTexts = /^(y|n|yes|no|on|off)$/i

function markTexts(node: YamlNode): void {
  if (node.kind === 'scalar' && node.plain && onlyTexts.test(node.value))
    (node as { plain: boolean }).plain = false
  for (const child of node.children) markTexts(child)
}
