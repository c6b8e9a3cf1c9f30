// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'cronjob-story-broken.yaml'
const limit = 's/activeDeadlineSeconds: 15/activeDeadlineSeconds: 3600/'
const never = 's/OnFailure/Never/'
const numbers = 's/completions: 2/completions: 2\\n      completionMode: Indexed/'
const zone = 's/^spec:/spec:\\n  timeZone: Asia\\/Shanghai/'
const forbid = 's/^  schedule:/  concurrencyPolicy: Forbid\\n  schedule:/'
const mend = (...changes: readonly string[]) => [
  `sed -i '${changes.join('; ')}' ${file}`,
  `kk apply -f ${file}`,
]
const patch = (spec: object) => `kk patch cronjob report -p '${JSON.stringify({ spec })}'`
const again = ['kk create job report-again --from=cronjob/report', 60]

export default {
  late: {
    right: {
      'the file mended, and once by hand': [...mend(limit, never, numbers, zone, forbid), ...again],
      'by a patch, reckoned in UTC': [
        `kk patch cronjob report -p '${JSON.stringify({
          spec: {
            schedule: '0 22 * * *',
            timeZone: 'Etc/UTC',
            concurrencyPolicy: 'Forbid',
            jobTemplate: {
              spec: {
                activeDeadlineSeconds: 600,
                completionMode: 'Indexed',
                template: { spec: { restartPolicy: 'Never' } },
              },
            },
          },
        })}'`,
        ...again,
      ],
      'the report first, the night afterwards': [
        ...mend(limit, numbers),
        ...again,
        ...mend(never, zone, forbid),
        5,
      ],
      'by the clock, which is set to every minute for a while': [
        ...mend(limit, never, numbers, zone, forbid),
        patch({ schedule: '* * * * *' }),
        120,
        patch({ schedule: '0 6 * * *' }),
        60,
      ],
      'deleted and made anew': [
        'kk delete cronjob report',
        ...mend(limit, never, numbers, zone, forbid),
        ...again,
      ],
    },
    wrong: {
      'the morning twice': [...mend(limit, never, zone, forbid), ...again],
      'late as ever': [...mend(limit, never, numbers, forbid), ...again],
      'still too little time': [...mend(never, numbers, zone, forbid), ...again],
      'no limit at all': [...mend('/activeDeadlineSeconds/d', never, numbers, zone, forbid), ...again],
      'two at once are allowed': [...mend(limit, never, numbers, zone), ...again],
      'the evidence goes': [...mend(limit, numbers, zone, forbid), ...again],
      "yesterday's is forgotten": [...mend(limit, never, numbers, zone, forbid), 120],
      'the night brings its own, and yesterday is not made up for': [
        ...mend(limit, never, numbers, zone, forbid),
        13 * 3600,
      ],
      'a Job of nobody': [
        ...mend(limit, never, numbers, zone, forbid),
        'kk create job report-again --image=busybox:1.28 -- echo done',
        60,
      ],
    },
  },
}
