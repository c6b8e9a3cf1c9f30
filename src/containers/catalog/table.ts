// What the registry holds, as rows for people: names, tags by their rule, what runs. The words for what runs stand with
// whoever shows them (the README's generator, the page about the simulator).

import { clusterFamilies } from './cluster.ts'
import type { Conduct } from './family.ts'
import { localFamilies } from './local.ts'
import { publicFamilies } from './public.ts'
import { describeTags } from './tags.ts'

export interface RegistryRow {
  /** `nginx`, `weaveworksdemos/*`: sorted. */
  readonly names: readonly string[]
  /** `latest, 1.7 – 1.29; -alpine, -slim …`, or `any`. */
  readonly tags: string
  readonly conduct: Conduct
  /** Only who logs in gets it. */
  readonly closed: boolean
}

const order: readonly Conduct[] = ['program', 'database', 'web', 'shell', 'service', 'cluster']

/** One row for each family, those that do most first. */
export const registryTable = (): RegistryRow[] =>
  [...localFamilies, ...publicFamilies, ...clusterFamilies]
    .map(family => ({
      names: family.names.split(' ').sort(),
      tags: describeTags(family),
      conduct: family.conduct,
      closed: family.login !== undefined,
    }))
    .sort(
      (a, b) => order.indexOf(a.conduct) - order.indexOf(b.conduct) || (a.names[0]! < b.names[0]! ? -1 : 1),
    )
