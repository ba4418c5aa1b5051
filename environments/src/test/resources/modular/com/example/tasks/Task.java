package com.example.tasks;

public record Task(int number) {}
