package example;

class Nothing {}
