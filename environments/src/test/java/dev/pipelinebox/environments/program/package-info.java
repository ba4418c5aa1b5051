/** The program that is packed and started in every way: its worker tells what it finds. */
package dev.pipelinebox.environments.program;
