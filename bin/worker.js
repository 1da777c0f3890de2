'use strict'

const { load } = require('./load.js')

load('worker').serve()
