// kubectl describe of roles and their bindings.

import type { AnyObject } from '../../kinds/object.ts'
import { byCodePoint } from '../print/values.ts'
import { annotations, type Describer, labels } from './parts.ts'
import { goList } from './queries.ts'
import type { DescribeWriter } from './writer.ts'

function headLines(w: DescribeWriter, { metadata }: AnyObject): void {
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
}

/** One row for each resource and set of names, verbs joined (rbac/v1 CompactRules, SortableRuleSlice). */
export const describeRole: Describer = (role, { w }) => {
  headLines(w, role)
  w.line(0, 'PolicyRule:')
  w.line(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs')
  w.line(1, '---------', '-----------------', '--------------', '-----')
  const rows: { resource: string; urls: string[]; names: string[]; verbs: string[] }[] = []
  for (const {
    apiGroups = [],
    resources = [],
    resourceNames = [],
    nonResourceURLs = [],
    verbs,
  } of role.rules ?? []) {
    if (nonResourceURLs.length)
      rows.push(...nonResourceURLs.map((url: string) => ({ resource: '', urls: [url], names: [], verbs })))
    for (const group of apiGroups)
      for (const resource of resources) {
        const full = group
          ? resource.includes('/')
            ? resource.replace('/', `.${group}/`)
            : `${resource}.${group}`
          : resource
        const names: (string | undefined)[] = resourceNames.length ? resourceNames : [undefined]
        for (const name of names) {
          const same = rows.find(
            row => row.resource === full && row.urls.length === 0 && row.names[0] === name,
          )
          if (same) same.verbs = [...new Set([...same.verbs, ...verbs])]
          else rows.push({ resource: full, urls: [], names: name === undefined ? [] : [name], verbs })
        }
      }
  }
  rows.sort((a, b) => byCodePoint(`${a.resource}\0${a.urls}`, `${b.resource}\0${b.urls}`))
  for (const { resource, urls, names, verbs } of rows)
    w.line(1, resource, goList(urls), goList(names), goList(verbs))
}

export const describeRoleBinding: Describer = (binding, { w }) => {
  headLines(w, binding)
  w.line(0, 'Role:')
  w.line(1, 'Kind:', binding.roleRef.kind)
  w.line(1, 'Name:', binding.roleRef.name)
  w.line(0, 'Subjects:')
  w.line(1, 'Kind', 'Name', 'Namespace')
  w.line(1, '----', '----', '---------')
  for (const { kind, name, namespace = '' } of binding.subjects ?? []) w.line(1, kind, name, namespace)
}
