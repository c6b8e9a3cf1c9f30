// Paths inside volumes: relative, without `..`.
import { type FieldError, invalid } from '../machinery/field-error.ts'

export const validateNoBacksteps = (path: string, field: string): FieldError[] =>
  path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : []

export const validateLocalPath = (path: string, field: string): FieldError[] => [
  ...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []),
  ...validateNoBacksteps(path, field),
]

/** Names that begin with two dots are the kubelet's. */
export const validateUnreservedPath = (path: string, field: string): FieldError[] => [
  ...validateLocalPath(path, field),
  ...(path.startsWith('..') && !path.startsWith('../')
    ? [invalid(field, path, "must not start with '..'")]
    : []),
]
