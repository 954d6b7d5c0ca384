// CloudFormation's ResponseURL is https without a port: this sends what is meant for it to the stand-in instead.
const http = require('node:http');
const https = require('node:https');

const { hostname, port } = new URL(process.env.ANSWER_URL);
https.request = (options, answered) => http.request({ ...options, hostname, port }, answered);
