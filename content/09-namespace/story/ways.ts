// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const rooms = 'kk create namespace shop; kk create namespace data'
const move = [
  'kk apply -f home.yaml -n shop',
  'kk apply -f deployment-report-data.yaml -n data',
  20,
  'kk delete -f home.yaml -f deployment-report-data.yaml',
  10,
]
const share = 'kk create quota share --hard=pods=10 -n data'
const looks = 'kk create rolebinding looks --clusterrole=view --user=analyst -n shop'
const works = 'kk create rolebinding works --clusterrole=edit --user=analyst -n data'

export default {
  'two-teams': {
    right: {
      'rooms, move, share, keys': [rooms, ...move, share, looks, works, 5],
      'share and keys first': [rooms, share, looks, works, ...move],
      'a role written by hand, sizes by a LimitRange': [
        rooms,
        'kk apply -f quota.yaml -f limitrange.yaml -n data',
        ...move,
        'kk create role looks --verb=get,list,watch --resource=pods -n shop',
        'kk create rolebinding looks --role=looks --user=analyst -n shop',
        works,
        5,
      ],
    },
    wrong: {
      'moved by deleting first': [
        rooms,
        'kk delete -f home.yaml -f deployment-report-data.yaml',
        'kk apply -f home.yaml -n shop',
        'kk apply -f deployment-report-data.yaml -n data',
        20,
        share,
        looks,
        works,
        5,
      ],
      'a share that needs sizes, and nobody states any': [
        rooms,
        'kk apply -f quota.yaml -n data',
        ...move,
        looks,
        works,
        30,
      ],
      'one key for all': [
        rooms,
        ...move,
        share,
        'kk create clusterrolebinding works --clusterrole=edit --user=analyst',
        5,
      ],
      'an administrator of data': [
        rooms,
        ...move,
        share,
        looks,
        'kk create clusterrolebinding works --clusterrole=cluster-admin --user=analyst',
        5,
      ],
      'the pods of before are left behind': [
        rooms,
        ...move.slice(0, 3),
        'kk delete deployment home report --cascade=orphan',
        'kk delete service home',
        share,
        looks,
        works,
        20,
      ],
      'the keys open the room and take it down': [
        rooms,
        ...move,
        share,
        'kk create role owner --verb=delete --resource=namespaces -n shop',
        'kk create rolebinding owner --role=owner --user=analyst -n shop',
        looks,
        works,
        5,
      ],
      'left in default as well': [rooms, ...move.slice(0, 3), share, looks, works, 20],
      'the share is the wrong team’s': [
        rooms,
        ...move,
        'kk create quota share --hard=pods=10 -n shop',
        looks,
        works,
        5,
      ],
    },
  },
}
