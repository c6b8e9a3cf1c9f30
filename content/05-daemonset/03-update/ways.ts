// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const set = 'daemonset/log-agent'
const image = (tag: string) => `kk set image ${set} agent=busybox:${tag}`
const undo = `kk rollout undo ${set}`
const spec = (fields: object) => `kk patch ${set} -p '${JSON.stringify({ spec: fields })}'`
const surge = spec({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } })
const onDelete = spec({ updateStrategy: { type: 'OnDelete', rollingUpdate: null } })
const crash = 'kk apply -f daemonset-crash.yaml'
const good = 'kk apply -f daemonset.yaml'
const patience = spec({ minReadySeconds: 15 })
const edit = (tag: string) => `sed -i 's/busybox:.*/busybox:${tag}/' daemonset.yaml`

export default {
  'there-and-back': {
    right: {
      'set image, undo': [image('1.36'), 40, undo, 40],
      'by the file, both ways': [edit('1.36'), good, 40, edit('1.28'), good, 40],
      'OnDelete, pods deleted by hand': [
        onDelete,
        image('1.36'),
        'kk delete pod -l app=log-agent',
        20,
        image('1.28'),
        'kk delete pod -l app=log-agent',
        20,
      ],
    },
    wrong: {
      'never back': [image('1.36'), 90],
      'back before it had come': [image('1.36'), undo, 60],
      'another version': [image('1.37'), 40, undo, 40],
      'OnDelete: nobody was replaced': [onDelete, image('1.36'), 40, undo, 40],
    },
  },
  'never-without': {
    right: {
      'surge by patch': [surge, image('1.36'), 40],
      'all in the file': [
        "sed -i 's/^  template:/  updateStrategy:\\n    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}\\n  template:/' daemonset.yaml",
        edit('1.36'),
        good,
        40,
      ],
      'all nodes at once, new ones first': [
        spec({ updateStrategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } } }),
        image('1.36'),
        40,
      ],
    },
    wrong: {
      'as it is by default': [image('1.36'), 60],
      'patience alone': [patience, image('1.36'), 90],
      'the surge comes too late': [image('1.36'), surge, 60],
      'deleted and made anew': [edit('1.36'), `kk delete ${set}`, good, 40],
    },
  },
  'held-back': {
    right: {
      'back, patience, once more': [undo, 30, patience, 30, crash, 90],
      'new ones first, and patience': [
        undo,
        30,
        spec({ minReadySeconds: 10, updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }),
        30,
        crash,
        90,
      ],
      'the good file with patience in it': [
        "sed -i 's/^spec:/spec:\\n  minReadySeconds: 20/' daemonset.yaml",
        good,
        40,
        "sed -i 's/^spec:/spec:\\n  minReadySeconds: 20/' daemonset-crash.yaml",
        crash,
        120,
      ],
      'a probe that begins late': [
        good,
        40,
        `kk patch ${set} --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe","value":{"exec":{"command":["ls","/kept"]},"initialDelaySeconds":10}}]'`,
        60,
        "sed -i 's/          env:/          readinessProbe: {exec: {command: [ls, \\/kept]}, initialDelaySeconds: 10}\\n          env:/' daemonset-crash.yaml",
        crash,
        120,
      ],
    },
    wrong: {
      'mended, not tried': [good, 120],
      'tried again as it was': [undo, 40, crash, 200],
      'too little patience': [undo, 40, spec({ minReadySeconds: 2 }), 30, crash, 200],
      'patience, and nothing was mended before': [patience, crash, 200],
      'OnDelete: it stops because nobody moves': [undo, 40, onDelete, crash, 120],
    },
  },
}
