// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const made = "kk create secret generic db-2 --from-literal=DB_PASSWD='oldbooks-7f3c9a'"
const file = 'leaked.yaml'
const renamed = `sed -i '1,/^---/d; s/password pass123/password in db-2/; s/name: db$/name: db-2/' ${file}`
const apply = [`kk apply -f ${file}`, 40]
const gone = 'kk delete secret db'
const restart = ['kk rollout restart deployment/home deployment/admin', 40]

export default {
  rotate: {
    right: {
      'a new name, then the old one goes': [made, renamed, ...apply, gone],
      'the same name by the file, and a restart': [
        `sed -i 's/DB_PASSWD: pass123/DB_PASSWD: oldbooks-7f3c9a/; s/password pass123/password in db/' ${file}`,
        ...apply,
        ...restart,
      ],
      'piped through apply, which copies the new text': [
        "kk create secret generic db --from-literal=DB_PASSWD='oldbooks-7f3c9a' --dry-run=client -o yaml | kk apply -f -",
        "kk create configmap notes --from-literal=contact='the data team, extension 12' --dry-run=client -o yaml | kk apply -f -",
        ...restart,
      ],
      'variables by set env, and the old reference of admin taken out': [
        made,
        'kk set env deployment/home cronjob/report --from=secret/db-2',
        `kk patch deployment admin --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/envFrom/0/secretRef/name","value":"db-2"}]'`,
        "kk get configmap notes -o yaml | sed 's/pass123/in db-2/' | kk replace -f -",
        40,
        gone,
      ],
      'made anew under the same name, pods replaced': [
        `sed -i 's/DB_PASSWD: pass123/DB_PASSWD: oldbooks-7f3c9a/; s/password pass123/password in db/' ${file}`,
        `kk replace -f ${file}`,
        ...apply,
        ...restart,
      ],
    },
    wrong: {
      'the Secret alone': [
        `sed -i 's/DB_PASSWD: pass123/DB_PASSWD: oldbooks-7f3c9a/; s/password pass123/password in db/' ${file}`,
        ...apply,
        600,
      ],
      'the annotation of apply still tells the old one': [
        `kk patch secret db -p '{"stringData":{"DB_PASSWD":"oldbooks-7f3c9a"}}'`,
        `sed -i '1,/^---/d; s/password pass123/password in db/' ${file}`,
        ...apply,
        ...restart,
      ],
      'the report is forgotten': [
        made,
        'kk set env deployment/home --from=secret/db-2',
        `kk patch deployment admin -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","envFrom":[{"secretRef":{"name":"db-2"}}]}]}}}}'`,
        `kk patch configmap notes -p '{"data":{"readme":"see db-2"}}'`,
        40,
        gone,
      ],
      'the old one goes first': [gone, 'kk delete pods -l app=home', 20, made, renamed, ...apply],
      'the note is thrown away whole': [
        made,
        renamed,
        'kk delete configmap notes',
        `sed -i '1,/^---/d' ${file}`,
        ...apply,
        gone,
      ],
      'admin still refers to the old Secret, and would not start again': [
        made,
        'kk set env deployment/home deployment/admin cronjob/report --from=secret/db-2',
        "kk get configmap notes -o yaml | sed 's/pass123/in db-2/' | kk replace -f -",
        40,
        gone,
        20,
      ],
      'one sed over the whole file: the new one is in the notes now': [
        `sed -i 's/pass123/oldbooks-7f3c9a/' ${file}`,
        ...apply,
        ...restart,
      ],
      'a password with the newline of echo': [
        'echo oldbooks-7f3c9a > DB_PASSWD',
        'kk create secret generic db-2 --from-file=DB_PASSWD',
        renamed,
        ...apply,
        gone,
      ],
      'all at once, home has a gap': [made, renamed, 'kk delete deployment home admin', ...apply, gone],
    },
  },
}
