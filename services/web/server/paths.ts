import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

// The folder of this file: server/ when run from source, dist/server/ when built. Both hold views/ and routes/.
export const serverDirectory = import.meta.dirname

const built = [resolve(serverDirectory, '../assets'), resolve(serverDirectory, '../dist/assets')]

// Where the built assets and their manifest are.
export const assetsDirectory = built.find(folder => existsSync(resolve(folder, 'manifest.json'))) ?? built[0] ?? ''

export const packageDirectory = [resolve(serverDirectory, '..'), resolve(serverDirectory, '../..')].find(folder =>
  existsSync(resolve(folder, 'package.json')),
) as string
