import type { Lesson } from '../../../src/lesson/lesson.ts'

export default {
  transcript: 'packet.console',
  minutes: 20,
  level: 3,
  needs: ['7.2'],
  start: ['kk apply -f deployment.yaml -f service-clusterip.yaml', 12],
  exercises: [],
} satisfies Lesson
