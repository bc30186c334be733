// node yard.js FILE PORT: takes the documents of FILE (JSON Lines) and a pouchdb-server of its own, both on disk with the adapters that
// they choose by themselves, and answers each line on its input with one line of JSON:
//   push   all documents into a fresh database at the server       {"seconds":…,"docs":…}
//   pull   all of them from there into a fresh local database      {"seconds":…,"docs":…}
//   live N N documents put into one live database, seen in another {"ms":[…]}
// Run in the folder that holds node_modules.
const { spawn } = require('child_process')
const fs = require('fs'), os = require('os'), path = require('path'), readline = require('readline')
const PouchDB = require('pouchdb')
const [file, port] = process.argv.slice(2)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pouch-'))
const program = require.resolve('pouchdb-server/bin/pouchdb-server')
const server = spawn(process.execPath, [program, '--port', port, '--dir', dir, '--no-stdout-logs'], { cwd: dir, stdio: 'ignore' })
const url = `http://127.0.0.1:${port}`
let made = 0, source = null, held = ''
const local = () => new PouchDB(path.join(dir, `local${made++}`))
const timed = async job => {
  const start = performance.now(), done = await job()
  return { seconds: (performance.now() - start) / 1000, docs: done.docs_written }
}
const jobs = {
  push: async () => {
    if (!source) {
      const docs = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line))
      source = local()
      for (let i = 0; i < docs.length; i += 1000) await source.bulkDocs(docs.slice(i, i + 1000))
    }
    const remote = new PouchDB(`${url}/feed${made++}`)
    held = remote.name
    await remote.info()
    return timed(() => source.replicate.to(remote, { batch_size: 1000 }))
  },
  pull: async () => {
    const target = local()
    const done = await timed(() => target.replicate.from(held, { batch_size: 2000, batches_limit: 10 }))
    await target.destroy()
    return done
  },
  live: async count => {
    const remote = `${url}/live${made++}`, a = local(), b = local(), ms = []
    await new PouchDB(remote).info()
    const syncs = [a, b].map(one => one.sync(remote, { live: true, retry: true }))
    const waits = new Map()
    b.changes({ live: true, since: 'now' }).on('change', change => { const done = waits.get(change.id); if (done) done() })
    await new Promise(go => setTimeout(go, 500))
    for (let n = 0; n < count; n++) {
      const seen = new Promise(done => waits.set(`d${n}`, done)), start = performance.now()
      await a.put({ _id: `d${n}`, text: 'x'.repeat(300) })
      await seen
      ms.push(performance.now() - start)
      await new Promise(go => setTimeout(go, 100))
    }
    syncs.forEach(one => one.cancel())
    return { ms }
  }
}
const main = async () => {
  for (let i = 0; i < 100; i++) {
    try { await fetch(url); break } catch { await new Promise(go => setTimeout(go, 100)) }
  }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, count] = line.split(' ')
    console.log(JSON.stringify(await jobs[name](Number(count))))
  }
}
main().catch(error => { console.error(String(error)); process.exitCode = 1 }).finally(() => {
  server.kill(); fs.rmSync(dir, { recursive: true, force: true }); process.exit()
})
