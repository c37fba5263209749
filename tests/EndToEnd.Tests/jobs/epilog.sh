#!/bin/sh
# Slurm's Epilog where it is to be seen that a job is being taken off its nodes: so long that all can be tried in it.
sleep 8
