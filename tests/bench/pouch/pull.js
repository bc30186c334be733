// node pull.js FILE PORT: pushes the documents of FILE (JSON Lines) to a pouchdb-server, pulls them into a database of its own;
// prints {"docs":…,"push":seconds,"pull":seconds}. Run in the folder that holds node_modules.
const { spawn } = require('child_process')
const fs = require('fs'), os = require('os'), path = require('path')
const PouchDB = require('pouchdb')
const [file, port] = process.argv.slice(2)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pouch-'))
const program = require.resolve('pouchdb-server/bin/pouchdb-server')
const server = spawn(process.execPath, [program, '--port', port, '--dir', dir, '--no-stdout-logs'], { cwd: dir, stdio: 'ignore' })
const url = `http://127.0.0.1:${port}`
const main = async () => {
  for (let i = 0; i < 100; i++) {
    try { await fetch(url); break } catch { await new Promise(go => setTimeout(go, 100)) }
  }
  const docs = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line))
  const source = new PouchDB(path.join(dir, 'source')), remote = new PouchDB(`${url}/feed`), target = new PouchDB(path.join(dir, 'target'))
  for (let i = 0; i < docs.length; i += 1000) await source.bulkDocs(docs.slice(i, i + 1000))
  await remote.info()
  let start = performance.now()
  await source.replicate.to(remote, { batch_size: 1000 })
  const push = (performance.now() - start) / 1000
  start = performance.now()
  const done = await target.replicate.from(remote, { batch_size: 2000, batches_limit: 10 })
  const pull = (performance.now() - start) / 1000
  console.log(JSON.stringify({ docs: done.docs_written, push, pull }))
}
main().catch(error => { console.error(String(error)); process.exitCode = 1 }).finally(() => {
  server.kill(); fs.rmSync(dir, { recursive: true, force: true }); process.exit()
})
