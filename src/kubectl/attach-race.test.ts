import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

test('attaching to a program that ends at once is refused by the kubelet or by containerd: either comes first', () => {
  const words = Array.from({ length: 12 }, (_, i) => {
    const world = new World({ seed: i + 1 })
    const { stdout, stderr } = world.run(
      'kubectl run tmp --image=busybox --restart=Never --rm -i -- echo hello',
    )
    expect(stdout).toBe('hello\nhello\npod "tmp" deleted from default namespace\n')
    return /streaming logs: (unable to upgrade connection: container tmp not found in pod tmp_default|Internal error occurred: .*no running task found)/
      .exec(stderr)?.[1]
      ?.slice(0, 8)
  })
  expect(new Set(words)).toEqual(new Set(['unable t', 'Internal']))
  expect(words.filter(each => each === 'unable t').length).toBeGreaterThan(6)
})
