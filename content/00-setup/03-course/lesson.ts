import { firstUid } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const sign = (view: ClusterView, name: string) => view.get('configmaps', name)
/** As the file of the lesson has it. */
const isOriginal = (view: ClusterView): boolean => {
  const { open, close, greeting } = sign(view, 'shop-sign')?.data ?? {}
  return open === '09:00' && close === '21:00' && greeting === 'hello'
}

export default {
  transcript: 'course.console',
  minutes: 10,
  level: 1,
  needs: ['0.1'],
  exercises: [
    {
      name: 'close-later',
      kind: 'repeat',
      start: ['kk apply -f first-object.yaml'],
      watch: firstUid('configmaps', 'shop-sign'),
      checks: {
        later: (view: ClusterView) => sign(view, 'shop-sign')?.data?.close === '22:00',
        'still-there': (view: ClusterView, uid: string | undefined) =>
          sign(view, 'shop-sign')?.metadata.uid === uid &&
          sign(view, 'shop-sign')?.data?.open === '09:00' &&
          sign(view, 'shop-sign')?.data?.greeting === 'hello',
      },
      solution: ["sed -i 's/21:00/22:00/' first-object.yaml", 'kk apply -f first-object.yaml'],
    },
    {
      name: 'weekend',
      kind: 'vary',
      start: ['kk apply -f first-object.yaml'],
      checks: {
        weekend: (view: ClusterView) => sign(view, 'weekend-sign')?.data?.open === '10:00',
        untouched: isOriginal,
      },
      solution: ["sed 's/shop-sign/weekend-sign/; s/09:00/10:00/' first-object.yaml | kk apply -f -"],
    },
    {
      name: 'scribbled',
      kind: 'fix',
      start: [
        'kk apply -f first-object.yaml',
        `kk patch configmap shop-sign -p '{"data":{"greeting":"helo","close":"12:00"}}'`,
      ],
      checks: { original: isOriginal },
      solution: ['kk diff -f first-object.yaml', 'kk apply -f first-object.yaml'],
    },
  ],
} satisfies Lesson
