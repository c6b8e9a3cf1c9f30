// What is wrong with a manifest, in a cluster: with the kinds that it has beside its own.
import { customKinds } from '../api/custom/definitions.ts'
import type { AnyObject } from '../kinds/object.ts'
import { diagnose } from '../manifest/diagnose.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import { type Edit, quickFix } from '../manifest/fixes.ts'
import type { World } from './world.ts'

/** A fault, and the edit that mends it where one is known. */
export interface Fixable extends Diagnostic {
  readonly fix?: Edit
}

export function diagnoseIn({ cluster }: World, text: string): Fixable[] {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  const { body } = cluster.api.handle({ method: 'GET', path, managedFields: false, looks: true })
  const definitions: AnyObject[] = body.items ?? []
  return diagnose(text, { customKinds, definitions }).map(each => {
    const fix = quickFix(text, each)
    return fix ? { ...each, fix } : each
  })
}
