// kubectl describe of roles and their bindings.

import type { KubeObject } from '../../kinds/object.ts'
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../kinds/schema/types.ts'
import { byCodePoint } from '../print/values.ts'
import { annotations, type Describer, labels } from './parts.ts'
import { goList } from './queries.ts'
import type { DescribeWriter } from './writer.ts'

function headLines(w: DescribeWriter, { metadata }: KubeObject): void {
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
}

interface Row {
  readonly group: string
  readonly resource: string
  readonly urls: string[]
  readonly names: string[]
  verbs: string[]
}

/** PolicyRule.String(): rules are sorted by it. */
const rowText = ({ verbs, group, resource, names, urls }: Row): string =>
  `Verbs:${goList(verbs)},APIGroups:[${group}],Resources:[${resource}],ResourceNames:${goList(names)},NonResourceURLs:${goList(urls)},`

/** One row for each resource and name, its verbs joined; one for each URL and verb (rbac/v1 BreakdownRule, CompactRules). */
export const describeRole: Describer<Role | ClusterRole> = (role, { w }) => {
  headLines(w, role)
  w.line(0, 'PolicyRule:')
  w.line(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs')
  w.line(1, '---------', '-----------------', '--------------', '-----')
  const rows: Row[] = []
  for (const rule of role.rules ?? []) {
    const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule
    for (const url of nonResourceURLs)
      for (const verb of verbs) rows.push({ group: '', resource: '', urls: [url], names: [], verbs: [verb] })
    for (const group of apiGroups)
      for (const resource of resources)
        for (const names of resourceNames.length ? resourceNames.map((name: string) => [name]) : [[]]) {
          const same = rows.find(
            row =>
              !row.urls.length &&
              row.group === group &&
              row.resource === resource &&
              row.names[0] === names[0],
          )
          if (same) same.verbs = [...same.verbs, ...verbs]
          else rows.push({ group, resource, urls: [], names, verbs: [...verbs] })
        }
  }
  const keys = new Map(rows.map(row => [row, rowText(row)]))
  rows.sort((a, b) => byCodePoint(keys.get(a)!, keys.get(b)!))
  for (const { group, resource, urls, names, verbs } of rows) {
    const [first, ...rest] = resource.split('/')
    const full = group ? [`${first}.${group}`, ...rest].join('/') : resource
    w.line(1, full, goList(urls), goList(names), goList(verbs))
  }
}

export const describeRoleBinding: Describer<RoleBinding | ClusterRoleBinding> = (binding, { w }) => {
  headLines(w, binding)
  w.line(0, 'Role:')
  w.line(1, 'Kind:', binding.roleRef.kind)
  w.line(1, 'Name:', binding.roleRef.name)
  w.line(0, 'Subjects:')
  w.line(1, 'Kind', 'Name', 'Namespace')
  w.line(1, '----', '----', '---------')
  for (const { kind, name, namespace = '' } of binding.subjects ?? []) w.line(1, kind, name, namespace)
}
