// The row of RoleBindings and ClusterRoleBindings: pkg/printers/internalversion/printers.go.
import type { Cell, RowContext } from '../kind.ts'
import type { RoleBinding, Subject } from '../schema/types.ts'
import { age } from './duration.ts'

export function bindingRow({ metadata, roleRef, subjects = [] }: RoleBinding, { now }: RowContext): Cell[] {
  const names = (kind: string, text = ({ name }: Subject) => name) =>
    subjects
      .filter(subject => subject.kind === kind)
      .map(text)
      .join(', ')
  return [
    metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    age(metadata.creationTimestamp, now),
    names('User'),
    names('Group'),
    names('ServiceAccount', ({ namespace = '', name }) => `${namespace}/${name}`),
  ]
}
