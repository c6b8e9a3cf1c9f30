// LimitRange: pkg/apis/core, pkg/registry/core/limitrange.
import { defineKind } from './machinery/plain-kind.ts'
import type { LimitRange } from './schema/types.ts'

export const limitRange = defineKind<LimitRange>('limitranges.v1', {})
