import { expect, test } from 'vitest'
import { plugins } from './index.ts'
import { admissionParts } from './loaders.ts'

test('a plugin of the table is listed with the steps and the resources that it has', () => {
  for (const name of admissionParts.names) {
    const plugin = admissionParts.get(name)
    const entry = plugins.find(each => each.name === name)
    for (const step of ['admit', 'allocate', 'validate'] as const)
      expect(entry?.[step] !== undefined, `${name} ${step}`).toBe(plugin[step] !== undefined)
    if (entry?.resources) expect(entry.resources, name).toEqual(plugin.resources)
  }
})
