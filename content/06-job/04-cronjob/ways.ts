// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const tidy = (schedule: string) =>
  `kk create cronjob tidy --image=busybox:1.28 --schedule='${schedule}' -- echo tidy`
const keep = (n: number) => `kk patch cronjob tidy -p '{"spec":{"successfulJobsHistoryLimit":${n}}}'`
const report = (spec: object) => `kk patch cronjob report -p '${JSON.stringify({ spec })}'`
const weekdays = report({ schedule: '30 7 * * 1-5', timeZone: 'Asia/Shanghai' })
const byHand = ['kk create job today --from=cronjob/report', 30]
const file = 'cronjob-flood-broken.yaml'
const atSix = `sed -i 's/"\\* \\* \\* \\* \\*"/"0 6 * * *"\\n  timeZone: Asia\\/Shanghai/' ${file}`
const echo = `sed -i 's/ehco/echo/' ${file}`
const apply = `kk apply -f ${file}`
const sweep = [30, 'kk delete job --all']
const proof = ['kk create job proof --from=cronjob/report', 30]

export default {
  tidy: {
    right: {
      'create, patch': [tidy('*/2 * * * *'), keep(1), 400],
      'odd and even minutes are told apart by nobody': [tidy('0-58/2 * * * *'), keep(1), 400],
      'the limit comes later': [tidy('*/2 * * * *'), 420, keep(1), 20],
      'from a manifest': [
        "sed 's/name: report/name: tidy/; s/\\*\\/1/*\\/2/; s/^spec:/spec:\\n  successfulJobsHistoryLimit: 1/' cronjob-minute.yaml | kk apply -f -",
        450,
      ],
    },
    wrong: {
      'every minute': [tidy('* * * * *'), keep(1), 300],
      'at two minutes past the hour': [tidy('2 * * * *'), keep(1), 300],
      'as many as it keeps by default': [tidy('*/2 * * * *'), 500],
      'it keeps none': [tidy('*/2 * * * *'), keep(0), 500],
      'it fails': [
        "kk create cronjob tidy --image=busybox:1.28 --schedule='*/2 * * * *' -- false",
        keep(1),
        500,
      ],
    },
  },
  weekdays: {
    right: {
      'patched, and one by hand': [weekdays, ...byHand],
      'by names, in the file': [
        "sed -i 's/0 6 \\* \\* \\*/30 7 * * MON-FRI/; s/^spec:/spec:\\n  timeZone: Asia\\/Shanghai/' cronjob.yaml",
        'kk apply -f cronjob.yaml',
        ...byHand,
      ],
      'reckoned in UTC': [report({ schedule: '30 23 * * 0-4', timeZone: 'Etc/UTC' }), ...byHand],
      'by hand first': [...byHand, weekdays],
    },
    wrong: {
      'without a zone': [report({ schedule: '30 7 * * 1-5' }), ...byHand],
      'on Saturdays too': [report({ schedule: '30 7 * * *', timeZone: 'Asia/Shanghai' }), ...byHand],
      'every minute of the half-hour': [
        report({ schedule: '30-59 7 * * 1-5', timeZone: 'Asia/Shanghai' }),
        ...byHand,
      ],
      'nothing for today': [weekdays, 60],
      'a Job of somebody else': [weekdays, 'kk create job today --image=busybox:1.28 -- true', 30],
    },
  },
  flood: {
    right: {
      'the file mended, swept, proved': [atSix, echo, apply, ...sweep, ...proof],
      'suspended first, for quiet': [
        report({ suspend: true }),
        atSix,
        echo,
        apply,
        report({ suspend: false }),
        ...sweep,
        ...proof,
      ],
      'deleted and made anew': [
        'kk delete cronjob report',
        "kk create cronjob report --image=busybox:1.28 --schedule='0 6 * * *' -- sh -c 'echo report of $(date)'",
        report({ timeZone: 'Asia/Shanghai' }),
        5,
        ...proof,
      ],
    },
    wrong: {
      'the command is still wrong': [atSix, apply, ...sweep, ...proof],
      'the time is still wrong': [echo, apply, 180],
      'six in UTC': [echo, apply, report({ schedule: '0 6 * * *' }), ...sweep, ...proof],
      'put to sleep': [atSix, echo, apply, report({ suspend: true }), ...sweep, ...proof],
      'mended and not tried': [atSix, echo, apply, ...sweep, 60],
    },
  },
}
